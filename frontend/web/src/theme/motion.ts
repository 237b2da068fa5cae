import { useSyncExternalStore } from "react";

const reduced = window.matchMedia("(prefers-reduced-motion: reduce)");

/** Whether things may move: not for those whose machine is told that they do not bear it. */
export function useMotion(): boolean {
  return useSyncExternalStore(watch, () => !reduced.matches);
}

function watch(notify: () => void): () => void {
  reduced.addEventListener("change", notify);
  return () => reduced.removeEventListener("change", notify);
}
