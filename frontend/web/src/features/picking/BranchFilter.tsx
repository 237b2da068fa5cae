import { graphql, usePage } from "@/graph";
import { usePermission } from "@/session/ViewerContext";
import { useTyped } from "@/ui/LookupField";
import { LookupFilter } from "@/ui/LookupFilter";
import { byName } from "./byName";
import type { FilterProps } from "./FilterProps";

const BranchesQuery = graphql(`
  query Branches($where: BranchWhere!) {
    branches(where: $where, orderBy: [{ field: NAME }], first: 20) {
      nodes {
        id
        name
      }
    }
  }
`);

/** A branch by which a list is filtered, with all that is below it. */
export function BranchFilter(props: FilterProps) {
  const [text, onSearch] = useTyped();
  const mayRead = usePermission("branch:read") !== null;
  const chosen = usePage(BranchesQuery, { where: { id: { eq: props.value ?? "" } } }, { pause: !mayRead || !props.value });
  const found = usePage(BranchesQuery, { where: text ? { name: byName(text) } : {} }, { pause: !mayRead });
  if (!mayRead) return null;
  const shown = (page: typeof found) => (page.data?.branches?.nodes ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <LookupFilter
      {...props}
      chosen={shown(chosen).find(({ value }) => value === props.value)}
      found={shown(found)}
      loading={found.loading || found.refreshing}
      onSearch={onSearch}
    />
  );
}
