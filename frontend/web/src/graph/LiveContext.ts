import { createContext, use, useSyncExternalStore } from "react";
import type { Live, LiveState } from "./live";

export const LiveContext = createContext<Live | null>(null);

export function useLive(): Live {
  const live = use(LiveContext);
  if (!live) throw new Error("useLive is for what is below a session");
  return live;
}

export function useLiveState(): LiveState {
  const live = useLive();
  return useSyncExternalStore(live.watch, live.getState);
}
