import { type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { graphql, usePage } from "@/graph";
import { useFormat } from "@/i18n/useFormat";
import { usePermission, useViewer } from "@/session/ViewerContext";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { Day, Instant, Money, Tag } from "@/ui/values";

const CustomerGlanceQuery = graphql(`
  query CustomerGlance($id: ID!) {
    customer(id: $id) {
      id
      alerts(first: 3, where: { state: { in: [NEW, SEEN] } }) {
        nodes {
          id
          kind
          title
          raisedAt
        }
      }
      lifeEvents(first: 3, orderBy: [{ field: HAPPENS_ON, direction: DESC }]) {
        nodes {
          id
          kind
          happensOn
        }
      }
      opportunities(first: 3, where: { stage: { notIn: [WON, LOST] } }) {
        nodes {
          id
          name
          stage
          expectedCloseOn
          amount {
            amount
            currency
          }
        }
      }
      openTickets: tickets(first: 3, where: { state: { ne: CLOSED } }) {
        totalCount
        nodes {
          id
          subject
          dueAt
        }
      }
      openTasks: tasks(first: 3, where: { state: { in: [OPEN, HANDED_BACK] } }, orderBy: [{ field: DUE_AT }]) {
        totalCount
        nodes {
          id
          title
          dueAt
        }
      }
      lastInteractions: interactions(first: 3, orderBy: [{ field: HAPPENED_AT, direction: DESC }]) {
        nodes {
          id
          channel
          subject
          happenedAt
        }
      }
      scores(first: 4, orderBy: [{ field: PERCENTILE_RATIO, direction: DESC }]) {
        nodes {
          id
          predicts
          percentileRatio
          reasons
        }
      }
    }
  }
`);

const KINDS = [
  "alert:read",
  "task:read",
  "ticket:read",
  "opportunity:read",
  "life_event:read",
  "interaction:read",
  "score:read",
] as const;

/** What is open with this customer and what happened lately: asked for by itself, so that who they are need not wait. */
export function CustomerGlance(props: { customerId: string }) {
  const { t } = useTranslation();
  const { permissions } = useViewer();
  const maySee = KINDS.some((permission) => permissions.has(permission));
  const format = useFormat();
  const page = usePage(CustomerGlanceQuery, { id: props.customerId }, { pause: !maySee });
  const tab = (name: string) => `/customers/${props.customerId}?tab=${name}`;
  if (!maySee) return null;
  return (
    <Panel flush title={t("customer.glance.title")} refreshing={page.refreshing}>
      <Loaded page={page} lines={7}>
        {({ customer }) => {
          if (!customer) return null;
          const { alerts, lifeEvents, opportunities, openTickets, openTasks, lastInteractions, scores } = customer;
          const groups = [
            <Group key="alerts" title={t("customer.glance.alerts")} permission="alert:read" rows={alerts?.nodes}>
              {(alert) => ({
                title: alert.title,
                detail: <Instant short value={alert.raisedAt} />,
                tag: <Tag tone="warning">{t(`terms.AlertKind.${alert.kind}`)}</Tag>,
                to: `/alerts?alert=${alert.id}`,
              })}
            </Group>,
            <Group key="tasks" title={t("customer.tabs.tasks")} permission="task:read" rows={openTasks?.nodes} all={tab("tasks")}>
              {(task) => ({
                title: task.title,
                detail: task.dueAt && <Due at={task.dueAt} />,
                to: `/tasks?task=${task.id}`,
              })}
            </Group>,
            <Group
              key="tickets"
              title={t("customer.tabs.tickets")}
              permission="ticket:read"
              rows={openTickets?.nodes}
              all={tab("tickets")}
            >
              {(ticket) => ({
                title: ticket.subject,
                detail: <Due at={ticket.dueAt} />,
                to: `/tickets?ticket=${ticket.id}`,
              })}
            </Group>,
            <Group
              key="opportunities"
              title={t("customer.glance.opportunities")}
              permission="opportunity:read"
              rows={opportunities?.nodes}
            >
              {(opportunity) => ({
                title: opportunity.name,
                detail: opportunity.amount && <Money short value={opportunity.amount} />,
                tag: <Tag tone="info">{t(`terms.OpportunityStage.${opportunity.stage}`)}</Tag>,
              })}
            </Group>,
            <Group key="lifeEvents" title={t("customer.glance.lifeEvents")} permission="life_event:read" rows={lifeEvents?.nodes}>
              {(event) => ({
                title: t(`terms.LifeEventKind.${event.kind}`),
                detail: <Day value={event.happensOn} />,
              })}
            </Group>,
            <Group
              key="interactions"
              title={t("customer.glance.interactions")}
              permission="interaction:read"
              rows={lastInteractions?.nodes}
              all={tab("interactions")}
            >
              {(interaction) => ({
                title: interaction.subject,
                detail: <Instant value={interaction.happenedAt} />,
                tag: <Tag>{t(`terms.Channel.${interaction.channel}`)}</Tag>,
              })}
            </Group>,
            <Group key="scores" title={t("customer.glance.scores")} permission="score:read" rows={scores?.nodes}>
              {(score) => ({
                title: t(`terms.Prediction.${score.predicts}`),
                detail: score.reasons.join("; "),
                tag: <Tag>{t("customer.glance.percentile", { percent: format.percent(score.percentileRatio) })}</Tag>,
              })}
            </Group>,
          ];
          const isEmpty = [alerts, lifeEvents, opportunities, openTickets, openTasks, lastInteractions, scores].every(
            (connection) => !connection?.nodes.length,
          );
          return isEmpty ? <Empty title={t("customer.glance.nothing")} /> : groups;
        }}
      </Loaded>
    </Panel>
  );
}

interface Line {
  title: string;
  detail?: ReactNode;
  tag?: ReactNode;
  to?: string;
}

/** The first few of one kind; nothing where there is none, or the reader may not see any. */
function Group<Row extends { id: string }>(props: {
  title: string;
  permission: string;
  rows: readonly Row[] | undefined;
  all?: string;
  children: (row: Row) => Line;
}) {
  const { t } = useTranslation();
  const mayRead = usePermission(props.permission) !== null;
  if (!mayRead || !props.rows?.length) return null;
  return (
    <div className="glance">
      <div className="glance__head">
        <h3 className="glance__title">{props.title}</h3>
        {props.all && <Link to={props.all}>{t("ui.viewAll")}</Link>}
      </div>
      <ul className="items">
        {props.rows.map((row) => {
          const { title, detail, tag, to } = props.children(row);
          return (
            <li key={row.id} className="items__item">
              <div className="items__main">
                <div className="items__title">{to ? <Link to={to}>{title}</Link> : title}</div>
                {detail && <div className="items__detail">{detail}</div>}
              </div>
              {tag && <div className="items__end">{tag}</div>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Due(props: { at: string }) {
  const { t } = useTranslation();
  return (
    <span>
      {t("customer.glance.due")} <Instant short value={props.at} />
    </span>
  );
}
