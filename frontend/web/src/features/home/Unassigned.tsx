import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AssignManagerButton } from "@/features/customer";
import { graphql, usePage } from "@/graph";
import { useFormat } from "@/i18n/useFormat";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { Day } from "@/ui/values";

const UnassignedQuery = graphql(`
  query Unassigned($first: Int!) {
    customers(
      where: { manager: null, state: { eq: ACTIVE } }
      orderBy: [{ field: JOINED_ON, direction: DESC }]
      first: $first
    ) {
      totalCount
      nodes {
        id
        displayName
        joinedOn
        ...AssignManagerButton
        branch {
          id
          name
        }
      }
    }
  }
`);

const ROWS = 6;

/** Active customers whom nobody manages, the newest ones first. */
export function Unassigned() {
  const { t } = useTranslation();
  const format = useFormat();
  const page = usePage(UnassignedQuery, { first: ROWS });
  const total = page.data?.customers?.totalCount;
  return (
    <Panel
      title={t("home.blocks.unassigned")}
      flush
      refreshing={page.refreshing}
      extra={
        <Link to="/customers?portfolio=nobody&state=ACTIVE">
          {total == null ? t("ui.viewAll") : t("home.allOf", { shown: format.count(total) })}
        </Link>
      }
    >
      <Loaded page={page} lines={ROWS}>
        {({ customers }) =>
          !customers?.nodes.length ? (
            <Empty title={t("home.everybodyAssigned")} />
          ) : (
            <ul className="items">
              {customers.nodes.map((customer) => {
                const { id, displayName, joinedOn, branch } = customer;
                return (
                <li key={id} className="items__item">
                  <div className="items__main">
                    <Link to={`/customers/${id}`}>{displayName}</Link>
                    <div className="items__detail">{branch?.name}</div>
                  </div>
                  <span className="items__end muted">
                    <Day value={joinedOn} />
                    <AssignManagerButton customer={customer} small />
                  </span>
                </li>
                );
              })}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}
