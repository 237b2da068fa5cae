import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { graphql, usePage } from "@/graph";
import { DetailDrawer } from "@/ui/DetailDrawer";
import { Pager } from "@/ui/Pager";
import { Empty, Loaded } from "@/ui/states";
import type { Shown } from "@/ui/useShown";
import { usePages } from "@/ui/usePages";
import { Instant, Tag, Terms } from "@/ui/values";
import { Action } from "./Action";
import { NoStaff } from "./NoStaff";
import { KIND_TONES } from "./accessTones";

const AccessEventQuery = graphql(`
  query AccessEvent($id: ID!, $first: Int!, $after: String) {
    node(id: $id) {
      __typename
      id
      ... on AccessEvent {
        recordedAt
        kind
        action
        purpose
        requestId
        concept
        staff {
          id
          name
          staffNo
          branch {
            id
            name
          }
        }
        customers(first: $first, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            id
            displayName
            customerNo
            branch {
              id
              name
            }
          }
        }
      }
    }
  }
`);

const ROWS = 20;

/** The entry of the access log that the address names, with everybody it tells of whom the reader may see. */
export function AccessEventDrawer(props: { shown: Shown }) {
  const { t } = useTranslation();
  return (
    <DetailDrawer shown={props.shown} title={t("accessLog.event")}>
      {(id) => <OneEvent key={id} id={id} />}
    </DetailDrawer>
  );
}

function OneEvent(props: { id: string }) {
  const { t } = useTranslation();
  const pages = usePages();
  const page = usePage(AccessEventQuery, { id: props.id, first: ROWS, after: pages.page.after });
  return (
    <Loaded page={page}>
      {({ node }) =>
        node?.__typename !== "AccessEvent" ? (
          <Empty title={t("accessLog.absent")} />
        ) : (
          <div className="detail">
            <Terms
              items={[
                [t("accessLog.recordedAt"), <Instant key="at" value={node.recordedAt} seconds />],
                [
                  t("accessLog.kind"),
                  <Tag key="kind" tone={KIND_TONES[node.kind]}>
                    {t(`terms.EventKind.${node.kind}`)}
                  </Tag>,
                ],
                [
                  t("accessLog.staff"),
                  node.staff ? (
                    <Link to={`/access-log?staff=${node.staff.id}`}>
                      {node.staff.name} {node.staff.staffNo}
                    </Link>
                  ) : (
                    <NoStaff />
                  ),
                ],
                [t("accessLog.branch"), node.staff?.branch?.name],
                [t("accessLog.action"), <Action key="action" value={node.action} inFull />],
                [t("accessLog.concept"), node.concept && <code>{node.concept}</code>],
                [t("accessLog.purpose"), node.purpose],
                [t("accessLog.requestId"), node.requestId && <code>{node.requestId}</code>],
              ]}
            />
            <h3 className="detail__heading">{t("accessLog.customers")}</h3>
            {node.customers?.nodes.length ? (
              <div>
                <ul className="items">
                  {node.customers.nodes.map((customer) => (
                    <li key={customer.id} className="items__item">
                      <div className="items__main">
                        <Link to={`/customers/${customer.id}`}>{customer.displayName}</Link>
                        <div className="items__detail">
                          <span>{customer.customerNo}</span>
                          <span>{customer.branch?.name}</span>
                        </div>
                      </div>
                    </li>
                  ))}
                </ul>
                <Pager list={pages} pageInfo={node.customers.pageInfo} totalCount={node.customers.totalCount} />
              </div>
            ) : (
              <p className="muted">{t("accessLog.noCustomers")}</p>
            )}
          </div>
        )
      }
    </Loaded>
  );
}
