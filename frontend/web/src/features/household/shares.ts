import { hundredthsOf } from "@/i18n/hundredths";

/**
 * The share of each in what all of them have, from 0 to 1, by their ids; none where there is nothing to share, somebody owes,
 * or it is not known of one.
 */
export function sharesOf(members: readonly { id: string; amount: string | null }[]): ReadonlyMap<string, number> {
  const held = members.map(({ id, amount }) => ({ id, hundredths: amount === null ? null : hundredthsOf(amount) }));
  const sum = held.reduce((before, { hundredths }) => before + (hundredths ?? 0n), 0n);
  if (sum <= 0n || held.some(({ hundredths }) => hundredths === null || hundredths < 0n)) return new Map();
  return new Map(held.map(({ id, hundredths }) => [id, Number(((hundredths ?? 0n) * 10_000n) / sum) / 10_000]));
}
