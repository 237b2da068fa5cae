import { useTranslation } from "react-i18next";
import { BranchFilter, StaffFilter } from "@/features/picking";
import { graphql, usePage } from "@/graph";
import { usePermission, useViewer } from "@/session/ViewerContext";
import { FilterSelect } from "@/ui/FilterSelect";
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

/** Which customers: by whose they are, where, kind, state and tier. */
export function CustomerFilters(props: { list: ListState }) {
  const { t } = useTranslation();
  const { list } = props;
  const viewer = useViewer();
  const reach = usePermission("customer:read");
  const mayReadTiers = usePermission("tier:read") !== null;
  const { data } = usePage(TiersQuery, {}, { pause: !mayReadTiers });
  const tiers = (data?.tiers?.nodes ?? []).toSorted((one, other) => other.rank - one.rank);

  const portfolios = [
    { value: "mine", label: t("customer.list.mineOnly"), isFor: viewer.staff !== null && reach !== "BANK" },
    { value: "backup", label: t("customer.list.backup"), isFor: viewer.staff !== null && reach !== "BANK" },
    { value: "nobody", label: t("customer.list.nobody"), isFor: reach !== "OWN" },
  ];
  return (
    <>
      <FilterSelect
        list={list}
        name="portfolio"
        label={t("customer.list.portfolio")}
        options={portfolios.filter(({ isFor }) => isFor)}
      />
      {reach !== "OWN" && (
        <StaffFilter
          label={t("customer.list.manager")}
          value={list.filter("manager")}
          onChange={(staffId) => list.setFilter("manager", staffId)}
        />
      )}
      {(reach === "SUBTREE" || reach === "BANK") && (
        <BranchFilter
          label={t("customer.list.branch")}
          value={list.filter("branch")}
          onChange={(branchId) => list.setFilter("branch", branchId)}
        />
      )}
      <FilterSelect
        list={list}
        name="kind"
        label={t("customer.list.kind")}
        options={(["PERSON", "ORGANISATION"] as const).map((value) => ({ value, label: t(`terms.CustomerKind.${value}`) }))}
      />
      <FilterSelect
        list={list}
        name="state"
        label={t("customer.list.state")}
        options={(["ACTIVE", "PROSPECT", "DEREGISTERED"] as const).map((value) => ({
          value,
          label: t(`terms.CustomerState.${value}`),
        }))}
      />
      {tiers.length > 0 && (
        <FilterSelect
          list={list}
          name="tier"
          label={t("customer.list.tier")}
          options={[...tiers.map(({ id, name }) => ({ value: id, label: name })), { value: "none", label: t("customer.list.noTier") }]}
        />
      )}
    </>
  );
}
