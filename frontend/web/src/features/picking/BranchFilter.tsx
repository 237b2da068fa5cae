import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { usePermission } from "@/session/ViewerContext";
import { useTyped } from "@/ui/LookupField";
import { byName } from "./byName";

const BranchesQuery = graphql(`
  query Branches($where: BranchWhere!) {
    branches(where: $where, orderBy: [{ field: NAME }], first: 20) {
      nodes {
        id
        name
        branchNo
      }
    }
  }
`);

/** A branch by which a list is filtered, with all that is below it. */
export function BranchFilter(props: { label: string; value: string | null; onChange(branchId: string | null): void }) {
  const { t } = useTranslation();
  const [text, onSearch] = useTyped();
  const mayRead = usePermission("branch:read") !== null;
  const chosen = usePage(BranchesQuery, { where: { id: { eq: props.value ?? "" } } }, { pause: !mayRead || !props.value });
  const found = usePage(BranchesQuery, { where: text ? { name: byName(text) } : {} }, { pause: !mayRead });
  if (!mayRead) return null;
  const branches = [...(found.data?.branches?.nodes ?? [])];
  const own = props.value ? chosen.data?.branches?.nodes.find(({ id }) => id === props.value) : undefined;
  if (own && branches.every(({ id }) => id !== own.id)) branches.unshift(own);
  return (
    <Select
      value={props.value ?? ""}
      onChange={(value) => props.onChange(value || null)}
      showSearch={{ filterOption: false, onSearch }}
      options={[
        { value: "", label: `${props.label}: ${t("ui.all")}` },
        ...branches.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      aria-label={props.label}
      popupMatchSelectWidth={false}
      style={{ minWidth: 140, maxWidth: 260 }}
    />
  );
}
