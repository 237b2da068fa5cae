import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { DataTable } from "@/ui/DataTable";
import { Pager } from "@/ui/Pager";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { usePages } from "@/ui/usePages";
import { useShown } from "@/ui/useShown";
import { type TicketOf, useTicketColumns } from "./ticketColumns";
import { TicketDrawer } from "./TicketDrawer";

const CustomerTicketsQuery = graphql(`
  query CustomerTickets($id: ID!, $first: Int!, $after: String) {
    customer(id: $id) {
      id
      tickets(first: $first, after: $after, orderBy: [{ field: OPENED_AT, direction: DESC }]) {
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
  }
`);

const ROWS = 10;

/** What a customer wants and wanted from the bank, the latest first. */
export function CustomerTicketsTab(props: { customerId: string }) {
  const { t } = useTranslation();
  const { customerId } = props;
  const list = usePages();
  const shown = useShown("ticket");
  const page = usePage(CustomerTicketsQuery, { id: customerId, first: ROWS, after: list.page.after });
  const columns = useTicketColumns(shown.href, { ofOneCustomer: true });
  return (
    <Panel flush title={t("ticket.ofCustomer")} refreshing={page.refreshing}>
      <Loaded page={page}>
        {({ customer }) =>
          customer?.tickets?.nodes.length ? (
            <>
              <DataTable<TicketOf>
                label={t("ticket.list")}
                columns={columns}
                rows={customer.tickets.nodes}
                rowKey={(row) => row.id}
                href={(row) => shown.href(row.id)}
              />
              <Pager list={list} pageInfo={customer.tickets.pageInfo} totalCount={customer.tickets.totalCount} />
            </>
          ) : (
            <Empty title={t("ticket.noneOfCustomer")} />
          )
        }
      </Loaded>
      <TicketDrawer shown={shown} />
    </Panel>
  );
}
