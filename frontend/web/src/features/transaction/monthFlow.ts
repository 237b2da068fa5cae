import { monthsBefore, monthsBetween } from "@/i18n/calendar";

interface Group {
  key: { bookedOn?: string | null; direction?: string | null };
  count: string;
  amount: readonly { currency: string; sum: string }[];
}

/** One month in one currency; sums as they came, null where it is not known whether there is one. */
export interface MonthOfFlow {
  month: string;
  in: string | null;
  out: string | null;
}

export interface Flow {
  currency: string;
  months: readonly MonthOfFlow[];
}

/**
 * What came in and went out, per currency and month; months without a movement stand there too.
 *
 * absent  what their sums are: "0.00", or null for a reader from whom small groups are kept
 */
export function flowOf(groups: readonly Group[], period: { to: string; months: number | null }, absent: string | null): Flow[] {
  const none = { in: absent, out: absent };
  const sums = new Map<string, Map<string, MonthOfFlow>>();
  for (const { key, amount } of groups) {
    if (!key.bookedOn) continue;
    const month = key.bookedOn.slice(0, 7);
    for (const { currency, sum } of amount) {
      const months = sums.get(currency) ?? new Map<string, MonthOfFlow>();
      sums.set(currency, months);
      const known = months.get(month) ?? { month, ...none };
      months.set(month, { ...known, [key.direction === "CREDIT" ? "in" : "out"]: sum });
    }
  }
  return Array.from(sums, ([currency, months]) => {
    const first = Array.from(months.keys()).toSorted()[0] ?? period.to;
    const from = period.months ? monthsBefore(period.to, period.months) : `${first}-01`;
    return {
      currency,
      months: monthsBetween(from, period.to).map((month) => months.get(month) ?? { month, ...none }),
    };
  });
}
