import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { useBank } from "@/session/BankContext";
import { type Sort, useListState } from "@/ui/listState";
import { ListPanel } from "@/ui/ListPanel";
import { useTableSettings } from "@/ui/TableSettings";
import { useShown } from "@/ui/useShown";
import { AccessEventDrawer } from "./AccessEventDrawer";
import { AccessLogFilters } from "./AccessLogFilters";
import { useAccessEventColumns } from "./accessEventColumns";
import { accessLogWhere } from "./accessLogWhere";

// Without a count of all of them: a log grows by every answer, and nobody pages to its end.
const AccessLogQuery = graphql(`
  query AccessLog($where: AccessEventWhere, $first: Int!, $after: String) {
    accessLog(where: $where, orderBy: [{ field: RECORDED_AT, direction: DESC }], first: $first, after: $after) {
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
`);

const NEWEST_FIRST: Sort = { field: "RECORDED_AT", direction: "DESC" };
const SORTS: readonly string[] = [];
const BESIDES = ["event"] as const;

/** The access log: who saw, changed or tried what, as far as the reader answers for it. */
export function AccessEvents() {
  const { t } = useTranslation();
  const { timeZone } = useBank();
  const list = useListState(NEWEST_FIRST, SORTS, BESIDES);
  const shown = useShown("event");
  const [now] = useState(() => Date.now());
  const where = useMemo(() => accessLogWhere(list, now, timeZone), [list, now, timeZone]);
  const columns = useAccessEventColumns(shown.href, { withCustomers: true });
  const settings = useTableSettings("accessLog", columns);
  const page = usePage(AccessLogQuery, { where, first: settings.rows, after: list.page.after });
  return (
    <>
      <ListPanel
        label={t("accessLog.title")}
        list={list}
        settings={settings}
        filters={<AccessLogFilters list={list} />}
        page={page}
        rows={(data) => data.accessLog}
        href={(row) => shown.href(row.id)}
        empty={{ title: t("accessLog.empty"), filtered: t("accessLog.empty") }}
      />
      <AccessEventDrawer shown={shown} />
    </>
  );
}
