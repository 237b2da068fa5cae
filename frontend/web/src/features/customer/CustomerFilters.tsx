import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { BranchFilter } from "@/features/picking";
import { graphql, usePage } from "@/graph";
import { usePermission, useViewer } from "@/session/ViewerContext";
import type { ListState } from "@/ui/listState";

const TiersQuery = graphql(`
  query Tiers {
    tiers(where: { isActive: { eq: true } }, first: 50) {
      nodes {
        id
        name
        rank
      }
    }
  }
`);

/** Which customers: by whose they are, kind, state and tier. */
export function CustomerFilters(props: { list: ListState }) {
  const { t } = useTranslation();
  const { list } = props;
  const viewer = useViewer();
  const reach = usePermission("customer:read");
  const mayReadTiers = usePermission("tier:read") !== null;
  const { data } = usePage(TiersQuery, {}, { pause: !mayReadTiers });
  const tiers = (data?.tiers?.nodes ?? []).toSorted((one, other) => other.rank - one.rank);

  function filter(name: string, label: string, options: { value: string; label: string }[]) {
    return (
      <Select
        key={name}
        value={list.filter(name) ?? ""}
        onChange={(value) => list.setFilter(name, value || null)}
        options={[{ value: "", label: `${label}: ${t("ui.all")}` }, ...options]}
        aria-label={label}
        popupMatchSelectWidth={false}
        style={{ minWidth: 120 }}
      />
    );
  }

  return (
    <>
      {filter("portfolio", t("customer.list.portfolio"), [
        ...(viewer.staff && reach !== "BANK"
          ? [
              { value: "mine", label: t("customer.list.mineOnly") },
              { value: "backup", label: t("customer.list.backup") },
            ]
          : []),
        ...(reach === "OWN" ? [] : [{ value: "nobody", label: t("customer.list.nobody") }]),
      ])}
      {(reach === "SUBTREE" || reach === "BANK") && (
        <BranchFilter
          label={t("customer.list.branch")}
          value={list.filter("branch")}
          onChange={(branchId) => list.setFilter("branch", branchId)}
        />
      )}
      {filter("kind", t("customer.list.kind"), [
        { value: "PERSON", label: t("terms.CustomerKind.PERSON") },
        { value: "ORGANISATION", label: t("terms.CustomerKind.ORGANISATION") },
      ])}
      {filter(
        "state",
        t("customer.list.state"),
        (["ACTIVE", "PROSPECT", "DEREGISTERED"] as const).map((value) => ({
          value,
          label: t(`terms.CustomerState.${value}`),
        })),
      )}
      {tiers.length > 0 &&
        filter("tier", t("customer.list.tier"), [
          ...tiers.map(({ id, name }) => ({ value: id, label: name })),
          { value: "none", label: t("customer.list.noTier") },
        ])}
    </>
  );
}
