import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { usePermission, useViewer } from "@/session/ViewerContext";
import { type Sort, useListState } from "@/ui/listState";
import { ListPanel } from "@/ui/ListPanel";
import { NoPermissionPage } from "@/ui/NoPermissionPage";
import { Page } from "@/ui/Page";
import { useTableSettings } from "@/ui/TableSettings";
import { useShown } from "@/ui/useShown";
import { NewTicketButton } from "./NewTicketButton";
import { useTicketColumns } from "./ticketColumns";
import { TicketDrawer } from "./TicketDrawer";
import { TicketFilters } from "./TicketFilters";
import { ticketWhere } from "./ticketWhere";
import { useTicketQueue } from "./useTicketQueue";

const TicketsQuery = graphql(`
  query Tickets($where: TicketWhere, $orderBy: [TicketOrderBy!], $first: Int!, $after: String) {
    tickets(where: $where, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...TicketRow
      }
    }
  }
`);

const SORTS = ["DUE_AT", "OPENED_AT", "CUSTOMER_DISPLAY_NAME"] as const;
const FIRST_SORT: Sort = { field: "DUE_AT", direction: "ASC" };
const BESIDES = ["ticket"] as const;

/** What customers want from the bank: the queue of the reader's branch (工单队列), and what they handle themselves. */
export function TicketsPage() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const reach = usePermission("ticket:read");
  const list = useListState(FIRST_SORT, SORTS, BESIDES);
  const shown = useShown("ticket");
  // The instant at which the page was opened, so that what is asked for stays the same while it is read.
  const [now] = useState(() => new Date().toISOString());
  const where = useMemo(() => ticketWhere(list, viewer, reach, now), [list, viewer, reach, now]);
  const columns = useTicketColumns(shown.href, { ofOneCustomer: false });
  const settings = useTableSettings("tickets", columns);
  const page = usePage(
    TicketsQuery,
    { where, orderBy: [list.sort as never], first: settings.rows, after: list.page.after },
    { pause: !reach },
  );
  useTicketQueue();
  const title = t("ticket.title");
  if (!reach) return <NoPermissionPage title={title} />;
  return (
    <Page title={title} actions={<NewTicketButton primary />}>
      <ListPanel
        label={t("ticket.list")}
        list={list}
        settings={settings}
        filters={<TicketFilters list={list} />}
        page={page}
        rows={(data) => data.tickets}
        href={(row) => shown.href(row.id)}
        empty={{ title: t("ticket.empty"), filtered: t("ticket.emptyFiltered") }}
      />
      <TicketDrawer shown={shown} />
    </Page>
  );
}
