import { PRIORITIES } from "@/features/priority";
import type { TicketWhere } from "@/graph/generated/graphql";
import type { Reach, Viewer } from "@/session/ViewerContext";
import type { ListState } from "@/ui/listState";
import { KINDS } from "./ticketTones";

const STATES = ["OPEN", "WAITING", "CLOSED"] as const;

export type Whose = "mine" | "branch" | "all";

/** Whose tickets are shown unless the address says otherwise: the branch's queue, or all where the reader sees more. */
export function firstWhose(viewer: Pick<Viewer, "staff">, reach: Reach | null): Whose {
  return viewer.staff?.branch && (reach === "OWN" || reach === "BRANCH") ? "branch" : "all";
}

/**
 * The conditions that the filters in the address come to: unless it says otherwise, what is not answered yet.
 *
 * now  an instant, "2026-10-31T09:00:00Z": a deadline runs by the clock
 */
export function ticketWhere(
  list: Pick<ListState, "filter">,
  viewer: Pick<Viewer, "staff">,
  reach: Reach | null,
  now: string,
): TicketWhere | null {
  const conditions: TicketWhere[] = [];
  const { staff } = viewer;
  const whose = list.filter("whose") ?? firstWhose(viewer, reach);
  if (staff && whose === "mine") conditions.push({ assignedTo: { id: { eq: staff.id } } });
  if (staff?.branch && whose === "branch") conditions.push({ branch: { id: { eq: staff.branch.id } } });
  const state = list.filter("state") ?? "open";
  if (state === "open") conditions.push({ state: { in: ["OPEN", "WAITING"] } });
  else if (isOneOf(STATES, state)) conditions.push({ state: { eq: state } });
  const kind = list.filter("kind");
  if (isOneOf(KINDS, kind)) conditions.push({ kind: { eq: kind } });
  const priority = list.filter("priority");
  if (isOneOf(PRIORITIES, priority)) conditions.push({ priority: { eq: priority } });
  if (list.filter("due") === "overdue") conditions.push({ dueAt: { lt: now } }, { state: { ne: "CLOSED" } });
  return conditions.length ? { and: conditions } : null;
}

function isOneOf<Value extends string>(values: readonly Value[], value: string | null): value is Value {
  return values.includes(value as Value);
}
