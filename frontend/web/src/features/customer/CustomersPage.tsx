import { Button } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { usePermission, useViewer } from "@/session/ViewerContext";
import { DataTable } from "@/ui/DataTable";
import { type Sort, useListState } from "@/ui/listState";
import { ListToolbar } from "@/ui/ListToolbar";
import { Page } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded, NoPermission } from "@/ui/states";
import { useTableSettings } from "@/ui/TableSettings";
import { CustomerFilters } from "./CustomerFilters";
import { type CustomerOf, useCustomerColumns } from "./customerColumns";
import { customerWhere } from "./customerWhere";

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
const ROWS = 20;

/** The customers that the reader may see, their own ones first of all. */
export function CustomersPage() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const reach = usePermission("customer:read");
  // Whom a figure is withheld from may not order by it either.
  const seesAum = usePermission("customer.aum:read") !== null;
  const list = useListState(seesAum ? BY_AUM : BY_NAME, seesAum ? SORTS_WITH_AUM : SORTS);
  const where = useMemo(() => customerWhere(list, viewer), [list, viewer]);
  const page = usePage(
    CustomersQuery,
    { where, orderBy: [list.sort as never], first: ROWS, after: list.page.after },
    { pause: !reach },
  );
  const columns = useCustomerColumns({ seesAum });
  const settings = useTableSettings("customers", columns);
  const title = t(reach === "OWN" ? "customer.list.mine" : "customer.list.title");
  if (!reach) {
    return (
      <Page title={title}>
        <Panel>
          <NoPermission what={title} />
        </Panel>
      </Page>
    );
  }
  return (
    <Page title={title}>
      <Panel flush refreshing={page.refreshing}>
        <ListToolbar list={list} settings={settings}>
          <CustomerFilters list={list} />
        </ListToolbar>
        <Loaded page={page} lines={12}>
          {({ customers }) =>
            !customers || customers.nodes.length === 0 ? (
              <Empty
                title={t(list.isFiltered ? "customer.list.emptyFiltered" : "customer.list.empty")}
                detail={list.isFiltered ? undefined : t("customer.list.emptyDetail")}
              >
                {list.isFiltered && <Button onClick={list.clear}>{t("ui.clearFilters")}</Button>}
              </Empty>
            ) : (
              <>
                <DataTable<CustomerOf>
                  label={t("customer.list.label")}
                  columns={settings.shown}
                  rows={customers.nodes}
                  rowKey={(row) => row.id}
                  href={(row) => `/customers/${row.id}`}
                  sort={list.sort}
                  onSort={list.setSort}
                  compact={settings.compact}
                />
                <Pager list={list} pageInfo={customers.pageInfo} totalCount={customers.totalCount} />
              </>
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}
