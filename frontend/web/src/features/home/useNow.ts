import { useState } from "react";

const STEP_MS = 300_000;

/**
 * The instant by the clock, which the deadlines of tickets run by. In steps of five minutes, so that who comes back to the
 * page meets what it showed before.
 */
export function useNow(): string {
  const [now] = useState(() => new Date(Math.floor(Date.now() / STEP_MS) * STEP_MS).toISOString());
  return now;
}
