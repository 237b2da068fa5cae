import { Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { graphql, usePage } from "@/graph";
import { Pager } from "@/ui/Pager";
import { Empty, Loaded } from "@/ui/states";
import { usePages } from "@/ui/usePages";
import { Instant, Tag, Terms } from "@/ui/values";
import { NoStaff } from "./NoStaff";
import { KIND_TONES } from "./accessTones";
import "./access-log.css";

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

/** One entry of the access log, with everybody it tells of whom the reader may see. */
export default function AccessEventDrawer(props: { id: string; onClose(): void }) {
  const { t } = useTranslation();
  const pages = usePages();
  const page = usePage(AccessEventQuery, { id: props.id, first: ROWS, after: pages.page.after });
  return (
    <Drawer open size={520} title={t("accessLog.event")} onClose={props.onClose}>
      <Loaded page={page}>
        {({ node }) =>
          node?.__typename !== "AccessEvent" ? (
            <Empty title={t("accessLog.absent")} />
          ) : (
            <div className="access-log__part">
              <Terms
                items={[
                  [t("accessLog.recordedAt"), <Instant key="at" value={node.recordedAt} />],
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
                  [t("accessLog.action"), <code key="action">{node.action}</code>],
                  [t("accessLog.concept"), node.concept && <code>{node.concept}</code>],
                  [t("accessLog.purpose"), node.purpose],
                  [t("accessLog.requestId"), node.requestId && <code>{node.requestId}</code>],
                ]}
              />
              <h3 className="panel__title">{t("accessLog.customers")}</h3>
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
    </Drawer>
  );
}
