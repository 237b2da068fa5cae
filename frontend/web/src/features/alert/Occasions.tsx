import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { graphql, usePage } from "@/graph";
import { instantIn } from "@/i18n/zone";
import { useBank } from "@/session/BankContext";
import { useViewer } from "@/session/ViewerContext";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { Day, Tag } from "@/ui/values";
import { useFormat } from "@/i18n/useFormat";

const OccasionsQuery = graphql(`
  query Occasions($staff: ID!, $today: DateTime!, $first: Int!) {
    alerts(
      where: {
        staff: { id: { eq: $staff } }
        kind: { in: [BIRTHDAY, MATURITY] }
        state: { in: [NEW, SEEN] }
        dueAt: { gte: $today }
      }
      orderBy: [{ field: DUE_AT }]
      first: $first
    ) {
      nodes {
        id
        version
        kind
        title
        dueAt
        customer {
          id
          displayName
        }
      }
    }
  }
`);

const ROWS = 8;

/** Birthdays and maturities that the reader's inbox tells of, the next ones first. */
export function Occasions() {
  const { t } = useTranslation();
  const format = useFormat();
  const bank = useBank();
  const { staff } = useViewer();
  const today = instantIn(bank.businessDate, "00:00", bank.timeZone).toISOString();
  const page = usePage(OccasionsQuery, { staff: staff?.id ?? "", today, first: ROWS }, { pause: !staff });
  return (
    <Panel title={t("alert.occasions")} flush refreshing={page.refreshing}>
      <Loaded page={page}>
        {({ alerts }) =>
          !alerts?.nodes.length ? (
            <Empty title={t("alert.noOccasions")} />
          ) : (
            <ul className="items">
              {alerts.nodes.map(({ id, kind, title, dueAt, customer }) => (
                <li key={id} className="items__item">
                  <div className="items__main">
                    {customer && <Link to={`/customers/${customer.id}`}>{customer.displayName}</Link>}
                    <div className="items__detail">{title}</div>
                  </div>
                  <div className="items__end">
                    <Link to={`/alerts?alert=${id}`}>
                      <Tag tone={kind === "BIRTHDAY" ? "info" : "warning"}>{t(`terms.AlertKind.${kind}`)}</Tag>
                    </Link>
                    <span className="muted">
                      <Day value={dueAt && format.dayOf(dueAt)} />
                    </span>
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
