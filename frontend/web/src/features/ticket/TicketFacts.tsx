import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PriorityTag } from "@/features/priority";
import { NewTaskButton, TaskLines } from "@/features/task";
import { type FragmentType, readFragment } from "@/graph";
import type { Channel } from "@/graph/generated/graphql";
import { usePermission } from "@/session/ViewerContext";
import { Deadline } from "@/ui/Deadline";
import { PartOnly } from "@/ui/PartOnly";
import { Instant, Tag, Terms } from "@/ui/values";
import { TicketActions } from "./TicketActions";
import { TicketEvents } from "./TicketEvents";
import { TicketDetail, TicketRow } from "./ticketFragments";
import { KIND_TONES, SATISFACTION, STATE_TONES } from "./ticketTones";

const CommentTicket = lazy(async () => ({ default: (await import("./CommentTicket")).CommentTicket }));

/** All there is to know about a ticket, and what can be done with it. */
export function TicketFacts(props: {
  ticket: FragmentType<typeof TicketRow> & FragmentType<typeof TicketDetail>;
  href(id: string): string;
  reload(): void;
}) {
  const { t } = useTranslation();
  const ticket = readFragment(TicketRow, props.ticket);
  const detail = readFragment(TicketDetail, props.ticket);
  const mayComment = usePermission("ticket:comment") !== null;
  const mayReadTasks = usePermission("task:read") !== null;
  const mayCreateTask = usePermission("task:create") !== null && ticket.state !== "CLOSED";
  const tasks = detail.tasks?.nodes ?? [];
  const satisfied = detail.satisfaction ? SATISFACTION[detail.satisfaction - 1] : undefined;
  const isClosed = ticket.state === "CLOSED";
  const openedBy = t(isOnline(ticket.channel) ? "ticket.byCustomer" : "ticket.bySystem");
  return (
    <div className="detail">
      <div>
        <h2 className="detail__title">{ticket.subject}</h2>
        <span className="tags">
          <span className="muted">{ticket.ticketNo}</span>
          <Tag tone={STATE_TONES[ticket.state]}>{t(`terms.TicketState.${ticket.state}`)}</Tag>
          <Tag tone={KIND_TONES[ticket.kind]}>{t(`terms.TicketKind.${ticket.kind}`)}</Tag>
          <PriorityTag priority={ticket.priority} />
          {ticket.level > 0 && <Tag tone="danger">{t("ticket.level", { level: ticket.level })}</Tag>}
          {!isClosed && <Deadline at={ticket.dueAt} />}
        </span>
      </div>
      <TicketActions ticket={props.ticket} onConflict={props.reload} />
      {detail.description && <p className="prose">{detail.description}</p>}
      <Terms
        items={[
          [t("ticket.due"), <Deadline key="due" at={ticket.dueAt} done />],
          [
            t("ticket.customer"),
            ticket.customer && <Link to={`/customers/${ticket.customer.id}`}>{ticket.customer.displayName}</Link>,
          ],
          [t("ticket.assignedTo"), ticket.assignedTo?.name ?? (isClosed ? null : t("ticket.nobody"))],
          [t("ticket.branch"), ticket.branch?.name],
          [t("ticket.channel"), t(`terms.Channel.${ticket.channel}`)],
          [t("ticket.openedAt"), <Instant key="opened" value={ticket.openedAt} />],
          [t("ticket.openedBy"), detail.openedBy?.name ?? openedBy],
          ...some(t("ticket.account"), detail.account?.numberMasked),
          ...some(t("ticket.product"), detail.product?.name),
          ...some(
            t("ticket.linkedTo"),
            detail.linkedTo && (
              <Link to={props.href(detail.linkedTo.id)}>
                {detail.linkedTo.ticketNo} {detail.linkedTo.subject}
              </Link>
            ),
          ),
          ...some(t("ticket.closedAt"), detail.closedAt && <Instant value={detail.closedAt} />),
          ...some(t("ticket.satisfaction"), satisfied && `${detail.satisfaction} ${t(`ticket.satisfied.${satisfied}`)}`),
        ]}
      />
      {detail.resolution && (
        <section>
          <h3 className="detail__heading">{t("ticket.resolution")}</h3>
          <p className="prose">{detail.resolution}</p>
        </section>
      )}
      {mayReadTasks && (tasks.length > 0 || mayCreateTask) && (
        <section>
          <h3 className="detail__heading">{t("ticket.tasks")}</h3>
          {tasks.length > 0 && <TaskLines tasks={tasks} href={(id) => `/tasks?task=${id}`} />}
          <PartOnly of={detail.tasks} />
          {mayCreateTask && <NewTaskButton ticketId={ticket.id} customerId={ticket.customer?.id} />}
        </section>
      )}
      <section>
        <h3 className="detail__heading">{t("ticket.events")}</h3>
        <PartOnly of={detail.events} />
        <TicketEvents events={detail.events?.nodes ?? []} openedBy={openedBy} />
        {mayComment && (
          <div className="detail__more">
            <Suspense fallback={null}>
              <CommentTicket ticket={ticket} />
            </Suspense>
          </div>
        )}
      </section>
    </div>
  );
}

/** Where customers open tickets by themselves. */
function isOnline(channel: Channel): boolean {
  return channel === "WEB" || channel === "MOBILE";
}

/** A term whose absence says nothing. */
function some(term: string, value: ReactNode): [string, ReactNode][] {
  return value ? [[term, value]] : [];
}
