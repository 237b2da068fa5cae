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
import { useShown } from "@/ui/useShown";
import { AlertDrawer } from "./AlertDrawer";
import { AlertFilters } from "./AlertFilters";
import { type AlertOf, useAlertColumns } from "./alertColumns";
import { alertWhere } from "./alertWhere";
import { useAlertChanges } from "./useAlertChanges";

const AlertsQuery = graphql(`
  query Alerts($where: AlertWhere, $orderBy: [AlertOrderBy!], $first: Int!, $after: String) {
    alerts(where: $where, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...AlertRow
      }
    }
  }
`);

const SORTS = ["RAISED_AT", "DUE_AT", "KIND"] as const;
const FIRST_SORT: Sort = { field: "RAISED_AT", direction: "DESC" };
const BESIDES = ["alert"] as const;
const ROWS = 20;

/** Alerts on business, the reader's own inbox first of all. */
export function AlertsPage() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const mayRead = usePermission("alert:read") !== null;
  const list = useListState(FIRST_SORT, SORTS, BESIDES);
  const shown = useShown("alert");
  const where = useMemo(() => alertWhere(list, viewer), [list, viewer]);
  const page = usePage(
    AlertsQuery,
    { where, orderBy: [list.sort as never], first: ROWS, after: list.page.after },
    { pause: !mayRead },
  );
  useAlertChanges({ pause: !mayRead });
  const columns = useAlertColumns(shown.href);
  const settings = useTableSettings("alerts", columns);
  const title = t("alert.list");
  if (!mayRead) {
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
          <AlertFilters list={list} />
        </ListToolbar>
        <Loaded page={page} lines={12}>
          {({ alerts }) =>
            !alerts || alerts.nodes.length === 0 ? (
              <Empty
                title={t(list.isFiltered ? "alert.emptyFiltered" : "alert.empty")}
                detail={list.isFiltered ? undefined : t("alert.emptyDetail")}
              >
                {list.isFiltered && <Button onClick={list.clear}>{t("ui.clearFilters")}</Button>}
              </Empty>
            ) : (
              <>
                <DataTable<AlertOf>
                  label={title}
                  columns={settings.shown}
                  rows={alerts.nodes}
                  rowKey={(row) => row.id}
                  href={(row) => shown.href(row.id)}
                  sort={list.sort}
                  onSort={list.setSort}
                  compact={settings.compact}
                />
                <Pager list={list} pageInfo={alerts.pageInfo} totalCount={alerts.totalCount} />
              </>
            )
          }
        </Loaded>
      </Panel>
      <AlertDrawer shown={shown} />
    </Page>
  );
}
