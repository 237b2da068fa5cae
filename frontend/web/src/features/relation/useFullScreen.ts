import { type RefObject, useCallback, useSyncExternalStore } from "react";

/** Whether an element fills the screen, and the way there and back. */
export function useFullScreen(element: RefObject<HTMLElement | null>) {
  const isOn = useSyncExternalStore(watch, () => document.fullscreenElement !== null);
  const toggle = useCallback(() => {
    void (document.fullscreenElement ? document.exitFullscreen() : element.current?.requestFullscreen());
  }, [element]);
  return { isOn, toggle, isPossible: document.fullscreenEnabled };
}

function watch(notify: () => void): () => void {
  document.addEventListener("fullscreenchange", notify);
  return () => document.removeEventListener("fullscreenchange", notify);
}
