import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { graphql, usePage } from "@/graph";
import { useFormat } from "@/i18n/useFormat";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { Instant, Tag } from "@/ui/values";
import { useAccessAlertInbox } from "./useAccessAlertInbox";

const OpenAccessAlertsQuery = graphql(`
  query OpenAccessAlerts($first: Int!) {
    accessAlerts(
      where: { state: { eq: OPEN } }
      orderBy: [{ field: WINDOW_BEGAN_AT, direction: DESC }]
      first: $first
    ) {
      totalCount
      nodes {
        id
        version
        rule
        measured
        threshold
        windowBeganAt
        staff {
          id
          name
        }
      }
    }
  }
`);

const ROWS = 6;

/** Suspicious use that nobody has looked into yet. */
export function OpenAccessAlerts() {
  const { t } = useTranslation();
  const format = useFormat();
  const page = usePage(OpenAccessAlertsQuery, { first: ROWS });
  useAccessAlertInbox();
  return (
    <Panel
      title={t("accessLog.alerts")}
      flush
      refreshing={page.refreshing}
      extra={<Link to="/access-log?tab=alerts">{t("ui.viewAll")}</Link>}
    >
      <Loaded page={page}>
        {({ accessAlerts }) =>
          !accessAlerts?.nodes.length ? (
            <Empty title={t("accessLog.noAlerts")} detail={t("accessLog.noAlertsDetail")} />
          ) : (
            <ul className="items">
              {accessAlerts.nodes.map(({ id, rule, measured, threshold, windowBeganAt, staff }) => (
                <li key={id} className="items__item">
                  <div className="items__main">
                    <div className="items__title">{t(`terms.AccessAlertRule.${rule}`)}</div>
                    <div className="items__detail">
                      {staff && <Link to={`/access-log?staff=${staff.id}&period=all`}>{staff.name}</Link>}
                      <Instant short value={windowBeganAt} />
                    </div>
                  </div>
                  <div className="items__end">
                    <Tag tone="danger">
                      {format.count(measured)} / {format.count(threshold)}
                    </Tag>
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
