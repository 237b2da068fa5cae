import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { graphql, usePage } from "@/graph";
import { usePermission } from "@/session/ViewerContext";
import { DataTable } from "@/ui/DataTable";
import { Pager } from "@/ui/Pager";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { usePages } from "@/ui/usePages";
import { useShown } from "@/ui/useShown";
import { AccessEventDrawer } from "./AccessEventDrawer";
import { AccessReaders } from "./AccessReaders";
import { type AccessEventOf, useAccessEventColumns } from "./accessEventColumns";
import "./access-log.css";

const CustomerAccessLogQuery = graphql(`
  query CustomerAccessLog($id: ID!, $first: Int!, $after: String) {
    customer(id: $id) {
      id
      accessLog(orderBy: [{ field: RECORDED_AT, direction: DESC }], first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          ...AccessEventRow
        }
      }
    }
  }
`);

const ROWS = 20;

/** Who saw this customer, changed or tried something: people first, then each time. */
export function AccessLogTab(props: { customerId: string }) {
  const { t } = useTranslation();
  const reach = usePermission("access_log:read");
  const pages = usePages();
  const shown = useShown("event");
  const page = usePage(CustomerAccessLogQuery, { id: props.customerId, first: ROWS, after: pages.page.after });
  const columns = useAccessEventColumns(shown.href, { withCustomers: false });
  return (
    <>
      <AccessReaders customerId={props.customerId} />
      <Panel
        title={t("accessLog.eachTime")}
        flush
        refreshing={page.refreshing}
        extra={
          reach !== "OWN" && (
            <Link to={`/access-log?customer=${props.customerId}&period=all`}>{t("accessLog.inLog")}</Link>
          )
        }
      >
        <Loaded page={page} lines={8}>
          {({ customer }) =>
            !customer?.accessLog?.nodes.length ? (
              <Empty title={t("accessLog.seenByNobody")} />
            ) : (
              <>
                <DataTable<AccessEventOf>
                  label={t("accessLog.eachTime")}
                  columns={columns}
                  rows={customer.accessLog.nodes}
                  rowKey={(row) => row.id}
                  href={(row) => shown.href(row.id)}
                />
                <Pager list={pages} pageInfo={customer.accessLog.pageInfo} totalCount={customer.accessLog.totalCount} />
              </>
            )
          }
        </Loaded>
      </Panel>
      <AccessEventDrawer shown={shown} />
    </>
  );
}
