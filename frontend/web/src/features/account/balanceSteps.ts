/** The close of a day, in hundredths of the currency: exact, as sums of decimals have to be. */
export interface Close {
  day: string;
  hundredths: bigint;
}

/**
 * The closes of an account from `from` to `to`, with one at both ends where it is known what it was: what an account holds
 * stands until a day changes it.
 *
 * closes  of the days on which it changed, in any order
 */
export function between(closes: readonly Close[], from: string, to: string): Close[] {
  const ordered = closes.toSorted((one, other) => (one.day < other.day ? -1 : 1));
  const before = ordered.findLast(({ day }) => day <= from);
  const within = ordered.filter(({ day }) => day > from && day <= to);
  const steps = before ? [{ day: from, hundredths: before.hundredths }, ...within] : within;
  const last = steps.at(-1);
  return last && last.day < to ? [...steps, { day: to, hundredths: last.hundredths }] : steps;
}

/** The sum of several accounts on each day on which one of them changed. */
export function total(accounts: readonly (readonly Close[])[]): Close[] {
  const changes = accounts
    .flatMap((closes) => closes.map(({ day, hundredths }, at) => ({ day, change: hundredths - (closes[at - 1]?.hundredths ?? 0n) })))
    .toSorted((one, other) => (one.day < other.day ? -1 : 1));
  const sums: Close[] = [];
  for (const { day, change } of changes) {
    const last = sums.at(-1);
    if (last?.day === day) last.hundredths += change;
    else sums.push({ day, hundredths: (last?.hundredths ?? 0n) + change });
  }
  return sums;
}
