import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { DetailDrawer } from "@/ui/DetailDrawer";
import { Empty, Loaded } from "@/ui/states";
import type { Shown } from "@/ui/useShown";
import { TicketFacts } from "./TicketFacts";

const TicketQuery = graphql(`
  query Ticket($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Ticket {
        ...TicketRow
        ...TicketDetail
      }
    }
  }
`);

/** The ticket that the address names. */
export function TicketDrawer(props: { shown: Shown }) {
  const { t } = useTranslation();
  return (
    <DetailDrawer shown={props.shown} title={t("ticket.one")}>
      {(id) => <OneTicket key={id} id={id} href={props.shown.href} />}
    </DetailDrawer>
  );
}

function OneTicket(props: { id: string; href(id: string): string }) {
  const { t } = useTranslation();
  const page = usePage(TicketQuery, { id: props.id });
  return (
    <Loaded page={page} lines={8}>
      {({ node }) =>
        node?.__typename === "Ticket" ? (
          <TicketFacts ticket={node} href={props.href} reload={page.reload} />
        ) : (
          <Empty title={t("ticket.absent")} detail={t("ticket.absentDetail")} />
        )
      }
    </Loaded>
  );
}
