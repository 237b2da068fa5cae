import { useEffect } from "react";

const RETRY_EVERY_MS = 5_000;

/** What could not be had for want of a connection is asked for again by itself: now and then, and once there is one. */
export function useRetry(isOffline: boolean, again: () => void): void {
  useEffect(() => {
    if (!isOffline) return;
    const timer = setInterval(again, RETRY_EVERY_MS);
    addEventListener("online", again);
    return () => {
      clearInterval(timer);
      removeEventListener("online", again);
    };
  }, [isOffline, again]);
}
