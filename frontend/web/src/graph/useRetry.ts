import { useEffect } from "react";

const RETRY_EVERY_MS = 5_000;

/** What could not be had just now is asked for again by itself: now and then, and once there is a connection. */
export function useRetry(isFailing: boolean, again: () => void): void {
  useEffect(() => {
    if (!isFailing) return;
    const timer = setInterval(again, RETRY_EVERY_MS);
    addEventListener("online", again);
    return () => {
      clearInterval(timer);
      removeEventListener("online", again);
    };
  }, [isFailing, again]);
}
