import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PriorityTag } from "@/features/priority";
import { type FragmentType, graphql, readFragment } from "@/graph";
import { Instant, Masked, Tag, Terms } from "@/ui/values";
import { STATE_TONES } from "./alertTones";

const AlertDetailFragment = graphql(`
  fragment AlertDetail on Alert {
    id
    version
    kind
    priority
    state
    title
    text
    raisedAt
    raisedCount
    dueAt
    seenAt
    closedAt
    result
    staff {
      id
      name
    }
    branch {
      id
      name
    }
    customer {
      id
      displayName
    }
    account {
      id
      numberMasked
    }
    task {
      id
      title
    }
    ticket {
      id
      ticketNo
      subject
    }
    closedBy {
      id
      name
    }
    rule {
      id
      name
    }
    escalatedFrom {
      id
      staff {
        id
        name
      }
    }
  }
`);

/** What an alert says, what it is about and what became of it. */
export function AlertDetail(props: { alert: FragmentType<typeof AlertDetailFragment>; actions: ReactNode }) {
  const { t } = useTranslation();
  const alert = readFragment(AlertDetailFragment, props.alert);
  const { customer, account, task, ticket, escalatedFrom } = alert;
  const accountPath = customer && `/customers/${customer.id}?tab=accounts`;
  const about: (readonly [string, ReactNode])[] = [
    [t("alert.customer"), customer && <Link to={`/customers/${customer.id}`}>{customer.displayName}</Link>],
  ];
  if (account) {
    const number = <Masked value={account.numberMasked} />;
    about.push([t("alert.account"), accountPath ? <Link to={accountPath}>{number}</Link> : number]);
  }
  if (task) about.push([t("alert.task"), <Link key="task" to={`/tasks?task=${task.id}`}>{task.title}</Link>]);
  if (ticket) {
    about.push([
      t("alert.ticket"),
      <Link key="ticket" to={`/tickets?ticket=${ticket.id}`}>
        {ticket.ticketNo} {ticket.subject}
      </Link>,
    ]);
  }
  const became: (readonly [string, ReactNode])[] = alert.closedAt
    ? [
        [t("alert.closedAt"), <Instant key="closed" value={alert.closedAt} />],
        [t("alert.closedBy"), alert.closedBy?.name],
        [t("alert.result"), alert.result && <span className="prose">{alert.result}</span>],
      ]
    : [];
  return (
    <div className="detail">
      <div>
        <h2 className="detail__title">{alert.title}</h2>
        <span className="tags">
          <Tag tone={STATE_TONES[alert.state]}>{t(`terms.AlertState.${alert.state}`)}</Tag>
          <PriorityTag priority={alert.priority} />
          <Tag>{t(`terms.AlertKind.${alert.kind}`)}</Tag>
        </span>
      </div>
      {props.actions}
      {alert.text && <p className="prose">{alert.text}</p>}
      <Terms
        items={[
          ...about,
          [t("alert.dueAt"), <Instant key="due" value={alert.dueAt} />],
          [t("alert.raisedAt"), <Instant key="raised" value={alert.raisedAt} />],
          [t("alert.raisedCount"), t("alert.times", { count: alert.raisedCount })],
          [t("alert.rule"), alert.rule?.name],
          [t("alert.staff"), alert.staff?.name ?? t("alert.anybody")],
          [t("alert.branch"), alert.branch?.name],
          [t("alert.seenAt"), <Instant key="seen" value={alert.seenAt} />],
          ...(escalatedFrom ? [[t("alert.escalatedFrom"), escalatedFrom.staff?.name] as const] : []),
          ...became,
        ]}
      />
    </div>
  );
}
