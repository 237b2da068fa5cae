import type { AlertKind, AlertState, AlertWhere, Priority } from "@/graph/generated/graphql";
import type { Viewer } from "@/session/ViewerContext";
import type { ListState } from "@/ui/listState";

export const OPEN_STATES: AlertState[] = ["NEW", "SEEN"];
export const STATES: readonly AlertState[] = ["NEW", "SEEN", "DONE", "STOPPED"];
export const PRIORITIES: readonly Priority[] = ["URGENT", "HIGH", "NORMAL", "LOW"];
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

/** Whether the list is the reader's own inbox: unless the address says otherwise, it is for those who handle alerts. */
export function isInbox(list: Filters, viewer: Reader): boolean {
  const whose = list.filter("whose");
  return viewer.staff !== null && (whose === "mine" || (whose !== "all" && viewer.permissions.has("alert:handle")));
}

/** The conditions that the filters in the address come to: what is open in the reader's inbox where it says nothing. */
export function alertWhere(list: Filters, viewer: Reader): AlertWhere {
  const conditions: AlertWhere[] = [];
  if (viewer.staff && isInbox(list, viewer)) conditions.push({ staff: { id: { eq: viewer.staff.id } } });
  const state = STATES.find((each) => each === list.filter("state"));
  if (state) conditions.push({ state: { eq: state } });
  else if (list.filter("state") !== "any") conditions.push({ state: { in: OPEN_STATES } });
  const kind = KINDS.find((each) => each === list.filter("kind"));
  if (kind) conditions.push({ kind: { eq: kind } });
  const priority = PRIORITIES.find((each) => each === list.filter("priority"));
  if (priority) conditions.push({ priority: { eq: priority } });
  return { and: conditions };
}
