import { PRIORITIES } from "@/features/priority";
import type { AlertKind, AlertState, AlertWhere } from "@/graph/generated/graphql";
import type { Viewer } from "@/session/ViewerContext";
import type { ListState } from "@/ui/listState";

export const OPEN_STATES: AlertState[] = ["NEW", "SEEN"];
export const STATES: readonly AlertState[] = ["NEW", "SEEN", "DONE", "STOPPED"];
export const KINDS: readonly AlertKind[] = [
  "LARGE_WITHDRAWAL",
  "MANY_SMALL_WITHDRAWALS",
  "MATURITY",
  "OVERDUE",
  "TIER_CHANGE",
  "DORMANT",
  "BIRTHDAY",
  "TASK_DUE",
  "TICKET_DUE",
  "MODEL",
];

type Filters = Pick<ListState, "filter">;
type Reader = Pick<Viewer, "staff" | "permissions">;

/** Whose alerts are shown first: who handles some has an inbox, everybody else looks at what is in reach. */
export function usuallyWhose(viewer: Reader): "mine" | "all" {
  return viewer.permissions.has("alert:handle") ? "mine" : "all";
}

/** The conditions that the filters in the address come to: what is open in the reader's inbox where it says nothing. */
export function alertWhere(list: Filters, viewer: Reader): AlertWhere {
  const conditions: AlertWhere[] = [];
  const whose = list.filter("whose") ?? usuallyWhose(viewer);
  if (viewer.staff && whose === "mine") conditions.push({ staff: { id: { eq: viewer.staff.id } } });
  const state = STATES.find((each) => each === list.filter("state"));
  if (state) conditions.push({ state: { eq: state } });
  else if (list.filter("state") !== "any") conditions.push({ state: { in: OPEN_STATES } });
  const kind = KINDS.find((each) => each === list.filter("kind"));
  if (kind) conditions.push({ kind: { eq: kind } });
  const priority = PRIORITIES.find((each) => each === list.filter("priority"));
  if (priority) conditions.push({ priority: { eq: priority } });
  return { and: conditions };
}
