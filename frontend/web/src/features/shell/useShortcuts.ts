import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import type { Destination } from "./destinations";

const SECOND_KEY_WITHIN_MS = 1200;

/** Keys that work wherever nothing is being typed or asked: / or Ctrl+K searches, g and a letter goes somewhere, ? explains. */
export function useShortcuts(destinations: readonly Destination[], act: { search(): void; help(): void }): void {
  const navigate = useNavigate();
  const current = useRef({ destinations, act });
  useEffect(() => {
    current.current = { destinations, act };
  });

  useEffect(() => {
    let wentAt = 0;
    function press(event: KeyboardEvent) {
      const { destinations: there, act: does } = current.current;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        if (!isAsked()) does.search();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isAsked()) return;
      if (event.key === "/") {
        event.preventDefault();
        does.search();
      } else if (event.key === "?") {
        does.help();
      } else if (event.key === "j" && !(event.target as Element | null)?.closest?.("tbody")) {
        // Within a list its own keys go on from row to row.
        document.querySelector<HTMLElement>("main tbody a, main tbody button")?.focus();
      } else if (event.key === "g") {
        wentAt = event.timeStamp;
        return;
      } else if (wentAt && event.timeStamp - wentAt < SECOND_KEY_WITHIN_MS) {
        const destination = there.find(({ key }) => key === event.key);
        if (destination) void navigate(destination.path);
      }
      wentAt = 0;
    }
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [navigate]);
}

/** A drawer or a dialog is open: what is written there is not left by a key. */
function isAsked(): boolean {
  return Array.from(document.querySelectorAll("[role=dialog]")).some((dialog) => dialog.checkVisibility());
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}
