import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { graphql, usePage } from "@/graph";
import { usePermission, useViewer } from "@/session/ViewerContext";
import { type Sort, useListState } from "@/ui/listState";
import { ListPanel } from "@/ui/ListPanel";
import { NoPermissionPage } from "@/ui/NoPermissionPage";
import { Page } from "@/ui/Page";
import { useTableSettings } from "@/ui/TableSettings";
import { CustomerFilters } from "./CustomerFilters";
import { useCustomerColumns } from "./customerColumns";
import { customerWhere } from "./customerWhere";
import { keepListAddress } from "./listAddress";

const CustomersQuery = graphql(`
  query Customers($where: CustomerWhere, $orderBy: [CustomerOrderBy!], $first: Int!, $after: String) {
    customers(where: $where, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...CustomerRow
      }
    }
  }
`);

const SORTS = ["NAME_SORT_KEY", "CUSTOMER_NO", "JOINED_ON", "BRANCH_NAME", "MANAGER_NAME", "UPDATED_AT"] as const;
const SORTS_WITH_AUM = ["AUM", ...SORTS] as const;
const BY_NAME: Sort = { field: "NAME_SORT_KEY", direction: "ASC" };
const BY_AUM: Sort = { field: "AUM", direction: "DESC" };

/** The customers that the reader may see, their own ones first of all. */
export function CustomersPage() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const reach = usePermission("customer:read");
  // Whom a figure is withheld from may not order by it either.
  const seesAum = usePermission("customer.aum:read") !== null;
  const list = useListState(seesAum ? BY_AUM : BY_NAME, seesAum ? SORTS_WITH_AUM : SORTS);
  const { search } = useLocation();
  useEffect(() => keepListAddress(search), [search]);
  const where = useMemo(() => customerWhere(list, viewer), [list, viewer]);
  const columns = useCustomerColumns({ seesAum, isOwn: reach === "OWN" });
  const settings = useTableSettings("customers", columns);
  const page = usePage(
    CustomersQuery,
    { where, orderBy: [list.sort as never], first: settings.rows, after: list.page.after },
    { pause: !reach },
  );
  const title = t(reach === "OWN" ? "customer.list.mine" : "customer.list.title");
  if (!reach) return <NoPermissionPage title={title} />;
  return (
    <Page title={title}>
      <ListPanel
        label={t("customer.list.label")}
        list={list}
        settings={settings}
        filters={<CustomerFilters list={list} />}
        page={page}
        rows={(data) => data.customers}
        href={(row) => `/customers/${row.id}`}
        empty={{ title: t("customer.list.empty"), detail: t("customer.list.emptyDetail"), filtered: t("customer.list.emptyFiltered") }}
      />
    </Page>
  );
}
