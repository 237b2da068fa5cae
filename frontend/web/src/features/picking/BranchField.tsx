import { graphql, usePage } from "@/graph";
import { usePermission } from "@/session/ViewerContext";
import { LookupField, useTyped } from "@/ui/LookupField";
import { byName } from "./byName";

const OpenBranchesQuery = graphql(`
  query OpenBranches($where: BranchWhere!) {
    branches(where: $where, orderBy: [{ field: NAME }], first: 20) {
      nodes {
        id
        name
        branchNo
      }
    }
  }
`);

/** A branch that is open. */
export function BranchField(props: { name: string; label: string; required?: boolean; help?: string }) {
  const [text, onSearch] = useTyped();
  const mayRead = usePermission("branch:read") !== null;
  const where = { state: { eq: "OPEN" as const }, ...(text ? { name: byName(text) } : {}) };
  const { data, loading, refreshing } = usePage(OpenBranchesQuery, { where }, { pause: !mayRead });
  const found = (data?.branches?.nodes ?? []).map(({ id, name, branchNo }) => ({ value: id, label: name, detail: branchNo }));
  return <LookupField {...props} found={found} loading={mayRead && (loading || refreshing)} onSearch={onSearch} />;
}
