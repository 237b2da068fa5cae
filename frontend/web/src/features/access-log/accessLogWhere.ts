import type { AccessEventWhere, EventKind } from "@/graph/generated/graphql";
import type { ListState } from "@/ui/listState";

export const KINDS: readonly EventKind[] = ["ACCESS", "REVEAL", "CHANGE", "DENIAL", "SIGN_IN", "POLICY"];

/** How many days back; a log is long, so that without a word in the address it is the last week. */
export const PERIODS = ["1", "7", "30"] as const;
export const USUAL_PERIOD = "7";

const HOUR_MS = 3_600_000;

/**
 * The conditions that the filters in the address come to; what makes no sense there is not taken.
 *
 * now  milliseconds since 1970, by the clock: the log goes by it, not by business dates
 */
export function accessLogWhere(list: Pick<ListState, "filter">, now: number): AccessEventWhere | null {
  const conditions: AccessEventWhere[] = [];
  const period = list.filter("period") ?? USUAL_PERIOD;
  const days = PERIODS.find((each) => each === period) ?? (period === "all" ? null : USUAL_PERIOD);
  if (days) conditions.push({ recordedAt: { gte: new Date(now - Number(days) * 24 * HOUR_MS).toISOString() } });
  const kind = KINDS.find((each) => each === list.filter("kind"));
  if (kind) conditions.push({ kind: { eq: kind } });
  const action = list.filter("action")?.trim();
  if (action) conditions.push({ action: { startsWith: action } });
  const staff = idOf("sta", list.filter("staff"));
  if (staff) conditions.push({ staff: { id: { eq: staff } } });
  const customer = idOf("cus", list.filter("customer"));
  if (customer) conditions.push({ customers: { some: { id: { eq: customer } } } });
  return conditions.length ? { and: conditions } : null;
}

export function idOf(kind: "sta" | "cus", text: string | null): string | null {
  return text && new RegExp(`^${kind}_\\d+$`).test(text) ? text : null;
}
