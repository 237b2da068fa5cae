import type { TaskWhere } from "@/graph/generated/graphql";
import { PRIORITIES } from "@/features/priority";
import { daysAfter, endOfWeek, instantIn } from "@/i18n/zone";
import type { Bank } from "@/session/BankContext";
import type { Viewer } from "@/session/ViewerContext";
import type { ListState } from "@/ui/listState";
import { PURPOSES } from "./taskTones";

/** Whoever does tasks begins with their own ones; who looks on, with all there are. */
export function usualWhose(viewer: Pick<Viewer, "staff" | "permissions">): "mine" | "all" {
  return viewer.staff && viewer.permissions.has("task:complete") ? "mine" : "all";
}

const STATES = ["OPEN", "HANDED_BACK", "COMPLETED", "CANCELLED"] as const;

/**
 * The conditions that the filters in the address come to: unless it says otherwise, what the reader has still to do.
 * Days are the bank's: what is due on a business date is overdue when the next one has begun.
 */
export function taskWhere(
  list: Pick<ListState, "filter">,
  viewer: Pick<Viewer, "staff" | "permissions">,
  bank: Pick<Bank, "businessDate" | "timeZone">,
): TaskWhere | null {
  const conditions: TaskWhere[] = [];
  const whose = list.filter("whose") ?? usualWhose(viewer);
  if (viewer.staff && whose === "mine") conditions.push({ assignedTo: { id: { eq: viewer.staff.id } } });
  if (viewer.staff && whose === "given") conditions.push({ assignedBy: { id: { eq: viewer.staff.id } } });
  const state = list.filter("state") ?? "todo";
  if (state === "todo") conditions.push({ state: { in: ["OPEN", "HANDED_BACK"] } });
  else if (isOneOf(STATES, state)) conditions.push({ state: { eq: state } });
  const purpose = list.filter("purpose");
  if (isOneOf(PURPOSES, purpose)) conditions.push({ purpose: { eq: purpose } });
  const priority = list.filter("priority");
  if (isOneOf(PRIORITIES, priority)) conditions.push({ priority: { eq: priority } });
  const due = dueWithin(list.filter("due"), bank);
  if (due) conditions.push({ dueAt: due });
  return conditions.length ? { and: conditions } : null;
}

function dueWithin(due: string | null, bank: Pick<Bank, "businessDate" | "timeZone">): TaskWhere["dueAt"] {
  const today = bank.businessDate;
  const beginOf = (date: string) => instantIn(date, "00:00", bank.timeZone).toISOString();
  switch (due) {
    case "overdue":
      return { lt: beginOf(today) };
    case "today":
      return { gte: beginOf(today), lt: beginOf(daysAfter(today, 1)) };
    case "week":
      return { gte: beginOf(today), lt: beginOf(daysAfter(endOfWeek(today), 1)) };
    default:
      return null;
  }
}

function isOneOf<Value extends string>(values: readonly Value[], value: string | null): value is Value {
  return values.includes(value as Value);
}
