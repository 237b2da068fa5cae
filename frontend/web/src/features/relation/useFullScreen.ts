import { useCallback, useSyncExternalStore } from "react";

/**
 * Whether the page fills the screen, and the way there and back. The whole page does, and what is to be seen alone lies over
 * the rest of it: of one element that fills the screen no dialog, menu or tip would be seen, as they are beside it.
 */
export function useFullScreen() {
  const isOn = useSyncExternalStore(watch, () => document.fullscreenElement !== null);
  const toggle = useCallback(() => {
    void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  }, []);
  return { isOn, toggle, isPossible: document.fullscreenEnabled };
}

function watch(notify: () => void): () => void {
  document.addEventListener("fullscreenchange", notify);
  return () => document.removeEventListener("fullscreenchange", notify);
}
