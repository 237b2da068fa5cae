import { decimalOf, hundredthsOf } from "@/i18n/hundredths";

interface Holding {
  id: string;
  balances: readonly { currency: string; sum: string }[];
}

/**
 * What members have together in the currency that most of them have most in, and the share of each; nothing is converted.
 *
 * ratios  0 to 1, by the members' ids; none where there is nothing to share, or somebody owes
 */
export function sharesOf(members: readonly Holding[]): {
  total: { amount: string; currency: string } | null;
  ratios: ReadonlyMap<string, number>;
} {
  const currencies = members.flatMap(({ balances }) => balances.map(({ currency }) => currency));
  const currency = mostFrequent(currencies);
  if (!currency) return { total: null, ratios: new Map() };
  const held = members.map(({ id, balances }) => ({
    id,
    hundredths: hundredthsOf(balances.find((balance) => balance.currency === currency)?.sum ?? "0"),
  }));
  const sum = held.reduce((before, { hundredths }) => before + hundredths, 0n);
  const isShared = sum > 0n && held.every(({ hundredths }) => hundredths >= 0n);
  const ratios = new Map(
    isShared ? held.map(({ id, hundredths }) => [id, Number((hundredths * 10_000n) / sum) / 10_000] as const) : [],
  );
  return { total: { amount: decimalOf(sum), currency }, ratios };
}

function mostFrequent(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Array.from(counts).toSorted(([, one], [, other]) => other - one)[0]?.[0];
}
