import { useEffect, useState } from "react";

const SECOND_MS = 1000;
const SHORTEST_S = 10;
const LONGEST_S = 60;

interface Revealed {
  value: string;
  /** Milliseconds since 1970. */
  endsAt: number;
}

/**
 * A value in full, until it has to go from the screen. It lives in this state alone: no cache and no storage has it.
 */
export function useRevealed() {
  const [revealed, setRevealed] = useState<Revealed | null>(null);
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (!revealed) return;
    const look = () => {
      setNow(Date.now());
      if (Date.now() >= revealed.endsAt) setRevealed(null);
    };
    // By the clock: a machine that slept for an hour counted no seconds.
    const timer = setInterval(look, SECOND_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [revealed]);
  return {
    value: revealed?.value ?? null,
    secondsLeft: revealed ? Math.max(0, Math.ceil((revealed.endsAt - now) / SECOND_MS)) : 0,
    show(value: string, until: string) {
      setNow(Date.now());
      setRevealed({ value, endsAt: Date.now() + secondsUntil(until, Date.now()) * SECOND_MS });
    },
    hide: () => setRevealed(null),
  };
}

/** How long the screen may show it. The clock of a branch's PC can be wrong: never longer than a minute, never a blink. */
export function secondsUntil(until: string, now: number): number {
  return Math.min(Math.max(Math.round((Date.parse(until) - now) / SECOND_MS), SHORTEST_S), LONGEST_S);
}
