import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { usePermission, useViewer } from "@/session/ViewerContext";
import { type Sort, useListState } from "@/ui/listState";
import { ListPanel } from "@/ui/ListPanel";
import { NoPermissionPage } from "@/ui/NoPermissionPage";
import { Page } from "@/ui/Page";
import { useTableSettings } from "@/ui/TableSettings";
import { useShown } from "@/ui/useShown";
import { AlertDrawer } from "./AlertDrawer";
import { AlertFilters } from "./AlertFilters";
import { useAlertColumns } from "./alertColumns";
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

/** Alerts on business, the reader's own inbox first of all. */
export function AlertsPage() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const mayRead = usePermission("alert:read") !== null;
  const list = useListState(FIRST_SORT, SORTS, BESIDES);
  const shown = useShown("alert");
  const where = useMemo(() => alertWhere(list, viewer), [list, viewer]);
  const columns = useAlertColumns(shown.href);
  const settings = useTableSettings("alerts", columns);
  const page = usePage(
    AlertsQuery,
    { where, orderBy: [list.sort as never], first: settings.rows, after: list.page.after },
    { pause: !mayRead },
  );
  useAlertChanges({ pause: !mayRead });
  const title = t("alert.list");
  if (!mayRead) return <NoPermissionPage title={title} />;
  return (
    <Page title={title}>
      <ListPanel
        label={title}
        list={list}
        settings={settings}
        filters={<AlertFilters list={list} />}
        page={page}
        rows={(data) => data.alerts}
        href={(row) => shown.href(row.id)}
        empty={{ title: t("alert.empty"), detail: t("alert.emptyDetail"), filtered: t("alert.emptyFiltered") }}
      />
      <AlertDrawer shown={shown} />
    </Page>
  );
}
