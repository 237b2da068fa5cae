import { useEffect, useState } from "react";

const SECOND_MS = 1000;
const SHORTEST_S = 10;
const LONGEST_S = 60;

/**
 * A value in full, until it has to go from the screen. It lives in this state alone: no cache and no storage has it.
 */
export function useRevealed() {
  const [value, setValue] = useState<string | null>(null);
  const [secondsLeft, setSecondsLeft] = useState(0);
  useEffect(() => {
    if (value === null) return;
    const timer = setInterval(() => setSecondsLeft((left) => left - 1), SECOND_MS);
    return () => clearInterval(timer);
  }, [value]);
  if (value !== null && secondsLeft <= 0) setValue(null);
  return {
    value,
    secondsLeft,
    show(revealed: string, until: string) {
      setSecondsLeft(secondsUntil(until, Date.now()));
      setValue(revealed);
    },
    hide: () => setValue(null),
  };
}

/** How long the screen may show it. The clock of a branch's PC can be wrong: never longer than a minute, never a blink. */
export function secondsUntil(until: string, now: number): number {
  return Math.min(Math.max(Math.round((Date.parse(until) - now) / SECOND_MS), SHORTEST_S), LONGEST_S);
}
