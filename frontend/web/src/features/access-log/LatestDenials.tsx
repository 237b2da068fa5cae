import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { graphql, usePage } from "@/graph";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { Instant } from "@/ui/values";
import { Action } from "./Action";
import { NoStaff } from "./NoStaff";

const LatestDenialsQuery = graphql(`
  query LatestDenials($first: Int!) {
    accessLog(
      where: { kind: { eq: DENIAL } }
      orderBy: [{ field: RECORDED_AT, direction: DESC }]
      first: $first
    ) {
      nodes {
        id
        recordedAt
        action
        staff {
          id
          name
          branch {
            id
            name
          }
        }
      }
    }
  }
`);

const ROWS = 8;

/** What was asked for or tried lately that is not allowed. */
export function LatestDenials() {
  const { t } = useTranslation();
  const page = usePage(LatestDenialsQuery, { first: ROWS });
  return (
    <Panel
      title={t("accessLog.denials")}
      flush
      refreshing={page.refreshing}
      extra={<Link to="/access-log?kind=DENIAL&period=all">{t("ui.viewAll")}</Link>}
    >
      <Loaded page={page}>
        {({ accessLog }) =>
          !accessLog?.nodes.length ? (
            <Empty title={t("accessLog.noDenials")} />
          ) : (
            <ul className="items">
              {accessLog.nodes.map(({ id, recordedAt, action, staff }) => (
                <li key={id} className="items__item">
                  <div className="items__main">
                    <div className="items__title">
                      {staff ? <Link to={`/access-log?staff=${staff.id}&period=all`}>{staff.name}</Link> : <NoStaff />}
                    </div>
                    <div className="items__detail">
                      <Action value={action} />
                      <span>{staff?.branch?.name}</span>
                    </div>
                  </div>
                  <div className="items__end">
                    <Link to={`/access-log?kind=DENIAL&period=all&event=${id}`}>
                      <Instant short value={recordedAt} />
                    </Link>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}
