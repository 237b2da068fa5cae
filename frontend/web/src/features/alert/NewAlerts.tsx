import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PriorityTag } from "@/features/priority";
import { graphql, readFragment, usePage } from "@/graph";
import { useViewer } from "@/session/ViewerContext";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { Instant } from "@/ui/values";
import { AcknowledgeButton } from "./AcknowledgeButton";
import { useAlertChanges } from "./useAlertChanges";

const NewAlertsQuery = graphql(`
  query NewAlerts($staff: ID!, $first: Int!) {
    alerts(
      where: { staff: { id: { eq: $staff } }, state: { eq: NEW } }
      orderBy: [{ field: RAISED_AT, direction: DESC }]
      first: $first
    ) {
      totalCount
      nodes {
        id
        ...NewAlert
      }
    }
  }
`);

const NewAlertFragment = graphql(`
  fragment NewAlert on Alert {
    id
    version
    kind
    priority
    state
    title
    raisedAt
    dueAt
    ...AcknowledgeButton
  }
`);

const ROWS = 8;

/** The newest alerts of the reader's inbox that they have not looked at; what they acknowledge leaves at once. */
export function NewAlerts() {
  const { t } = useTranslation();
  const { staff } = useViewer();
  const page = usePage(NewAlertsQuery, { staff: staff?.id ?? "", first: ROWS }, { pause: !staff });
  useAlertChanges({ pause: !staff });
  if (!staff) return null;
  return (
    <Panel
      title={t("alert.newest")}
      flush
      refreshing={page.refreshing}
      extra={<Link to="/alerts">{t("ui.viewAll")}</Link>}
    >
      <Loaded page={page}>
        {({ alerts }) => {
          const shown = (alerts?.nodes ?? []).map((node) => readFragment(NewAlertFragment, node));
          const waiting = shown.filter(({ state }) => state === "NEW");
          if (waiting.length === 0) return <Empty title={t("alert.noneNew")} />;
          return (
            <ul className="items">
              {waiting.map((alert) => (
                <li key={alert.id} className="items__item">
                  <div className="items__main">
                    <div className="items__title">
                      <Link to={`/alerts?alert=${alert.id}`}>{alert.title}</Link>
                    </div>
                    <div className="items__detail">
                      <span>{t(`terms.AlertKind.${alert.kind}`)}</span>
                      <Instant value={alert.raisedAt} short />
                      {alert.dueAt && (
                        <span>
                          {t("alert.dueAt")} <Instant value={alert.dueAt} short />
                        </span>
                      )}
                    </div>
                  </div>
                  <div className="items__end">
                    <PriorityTag priority={alert.priority} />
                    <AcknowledgeButton alert={alert} />
                  </div>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Panel>
  );
}
