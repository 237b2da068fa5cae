import type { BranchWhere, CustomerWhere } from "@/graph/generated/graphql";
import type { Viewer } from "@/session/ViewerContext";
import type { ListState } from "@/ui/listState";

/** The conditions that the filters in the address come to; what makes no sense there is not taken. */
export function customerWhere(list: Pick<ListState, "filter">, viewer: Pick<Viewer, "staff">): CustomerWhere | null {
  const conditions: CustomerWhere[] = [];
  const portfolio = list.filter("portfolio");
  if (viewer.staff && portfolio === "mine") conditions.push({ manager: { id: { eq: viewer.staff.id } } });
  if (viewer.staff && portfolio === "backup") conditions.push({ backupManager: { id: { eq: viewer.staff.id } } });
  if (portfolio === "nobody") conditions.push({ manager: null });
  const manager = list.filter("manager");
  if (manager && /^sta_\d+$/.test(manager)) conditions.push({ manager: { id: { eq: manager } } });
  const branch = list.filter("branch");
  if (branch && /^bra_\d+$/.test(branch)) conditions.push({ branch: within(branch) });
  const kind = list.filter("kind");
  if (kind === "PERSON" || kind === "ORGANISATION") conditions.push({ kind: { eq: kind } });
  const state = list.filter("state");
  if (state === "PROSPECT" || state === "ACTIVE" || state === "DEREGISTERED") conditions.push({ state: { eq: state } });
  const tier = list.filter("tier");
  if (tier === "none") conditions.push({ tiers: { none: { endsOn: { isNull: true } } } });
  else if (tier && /^tie_\d+$/.test(tier)) conditions.push({ tier: { tier: { id: { eq: tier } } } });
  return conditions.length ? { and: conditions } : null;
}

/** A branch or what is below it: outlets lie three levels down at most. */
function within(branchId: string): BranchWhere {
  const itself = { id: { eq: branchId } };
  return { or: [itself, { parent: itself }, { parent: { parent: itself } }, { parent: { parent: { parent: itself } } }] };
}
