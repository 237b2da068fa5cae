import type { AccessEventWhere, EventKind } from "@/graph/generated/graphql";
import { daysAfter, instantIn } from "@/i18n/zone";
import type { ListState } from "@/ui/listState";

export const KINDS: readonly EventKind[] = ["ACCESS", "REVEAL", "CHANGE", "DENIAL", "SIGN_IN", "POLICY"];

/** How many days back; a log is long, so that without a word in the address it is the last week. */
export const PERIODS = ["1", "7", "30"] as const;
export const USUAL_PERIOD = "7";

/** What actions are written with: no digits, so that no number of anybody passes for one. */
const ACTION = /^[a-z_.]{1,60}$/i;

const HOUR_MS = 3_600_000;

/**
 * The conditions that the filters in the address come to; what makes no sense there is not taken.
 *
 * now       milliseconds since 1970, by the clock: the log goes by it, not by business dates
 * timeZone  of the bank, whose days begin and end by its clocks
 */
export function accessLogWhere(list: Pick<ListState, "filter">, now: number, timeZone: string): AccessEventWhere | null {
  const conditions: AccessEventWhere[] = [];
  const period = list.filter("period") ?? USUAL_PERIOD;
  if (period === "dates") conditions.push(...between(dayOf(list.filter("from")), dayOf(list.filter("to")), timeZone));
  const days = PERIODS.find((each) => each === period) ?? (period === "all" || period === "dates" ? null : USUAL_PERIOD);
  if (days) conditions.push({ recordedAt: { gte: new Date(now - Number(days) * 24 * HOUR_MS).toISOString() } });
  const kind = KINDS.find((each) => each === list.filter("kind"));
  if (kind) conditions.push({ kind: { eq: kind } });
  const action = list.filter("action");
  if (action && ACTION.test(action)) conditions.push({ action: { eq: action } });
  const staff = idOf("sta", list.filter("staff"));
  if (staff) conditions.push({ staff: { id: { eq: staff } } });
  const customer = idOf("cus", list.filter("customer"));
  if (customer) conditions.push({ customers: { some: { id: { eq: customer } } } });
  return conditions.length ? { and: conditions } : null;
}

/** From the beginning of one day to the end of another, either of which may be open. */
function between(from: string | null, to: string | null, timeZone: string): AccessEventWhere[] {
  const beginOf = (day: string) => instantIn(day, "00:00", timeZone).toISOString();
  return [
    ...(from ? [{ recordedAt: { gte: beginOf(from) } }] : []),
    ...(to ? [{ recordedAt: { lt: beginOf(daysAfter(to, 1)) } }] : []),
  ];
}

/** "2026-10-31", where the address says a day; years that are typed half are none yet. */
export function dayOf(text: string | null): string | null {
  return text && /^(19|20)\d{2}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
}

export function idOf(kind: "sta" | "cus", text: string | null): string | null {
  return text && new RegExp(`^${kind}_\\d+$`).test(text) ? text : null;
}
