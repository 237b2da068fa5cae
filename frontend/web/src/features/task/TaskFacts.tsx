import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PriorityTag } from "@/features/priority";
import { type FragmentType, readFragment } from "@/graph";
import { PartOnly } from "@/ui/PartOnly";
import { Instant, Tag, Terms } from "@/ui/values";
import { NewTaskButton } from "./NewTaskButton";
import { TaskActions } from "./TaskActions";
import { TaskDue } from "./TaskDue";
import { TaskDetail, TaskRow } from "./taskFragments";
import { TaskLines } from "./TaskLines";
import { isOpen, STATE_TONES } from "./taskTones";

/** All there is to know about a task, and what can be done with it. */
export function TaskFacts(props: {
  task: FragmentType<typeof TaskRow> & FragmentType<typeof TaskDetail>;
  href(id: string): string;
  reload(): void;
}) {
  const { t } = useTranslation();
  const task = readFragment(TaskRow, props.task);
  const detail = readFragment(TaskDetail, props.task);
  const subtasks = detail.subtasks?.nodes ?? [];
  return (
    <div className="detail">
      <div>
        <h2 className="detail__title">{task.title}</h2>
        <span className="tags">
          <Tag tone={STATE_TONES[task.state]}>{t(`terms.TaskState.${task.state}`)}</Tag>
          <PriorityTag priority={task.priority} />
          <Tag>{t(`terms.TaskPurpose.${task.purpose}`)}</Tag>
        </span>
      </div>
      <TaskActions task={props.task} onConflict={props.reload} />
      {detail.description && <p className="prose">{detail.description}</p>}
      <Terms
        items={[
          [t("task.due"), <TaskDue key="due" dueAt={task.dueAt} state={task.state} />],
          [
            t("task.customer"),
            task.customer && <Link to={`/customers/${task.customer.id}`}>{task.customer.displayName}</Link>,
          ],
          [t("task.assignedTo"), task.assignedTo?.name ?? t("task.anybody")],
          [t("task.assignedBy"), task.assignedBy?.name ?? t("task.system")],
          [t("task.branch"), detail.branch?.name],
          ...some(
            t("task.ticket"),
            detail.ticket && (
              <Link to={`/tickets?ticket=${detail.ticket.id}`}>
                {detail.ticket.ticketNo} {detail.ticket.subject}
              </Link>
            ),
          ),
          ...some(t("task.parent"), detail.parent && <Link to={props.href(detail.parent.id)}>{detail.parent.title}</Link>),
        ]}
      />
      <section>
        <h3 className="detail__heading">{t("task.history")}</h3>
        <Terms
          items={[
            [t("task.createdAt"), <Instant key="created" value={detail.createdAt} />],
            [t("task.updatedAt"), <Instant key="updated" value={detail.updatedAt} />],
            ...some(t("task.completedAt"), detail.completedAt && <Instant value={detail.completedAt} />),
            ...some(t("task.completedBy"), detail.completedBy?.name),
            ...some(t("task.through"), detail.completedThrough && t(`terms.Channel.${detail.completedThrough}`)),
            ...some(t("task.handBackReason"), detail.handBackReason && <span className="prose">{detail.handBackReason}</span>),
            ...some(t("task.result"), detail.result && <span className="prose">{detail.result}</span>),
          ]}
        />
      </section>
      {(subtasks.length > 0 || isOpen(task.state)) && (
        <section>
          <h3 className="detail__heading">{t("task.subtasks")}</h3>
          {subtasks.length > 0 ? <TaskLines tasks={subtasks} href={props.href} /> : <p className="muted">{t("task.noSubtasks")}</p>}
          <PartOnly of={detail.subtasks} />
          {isOpen(task.state) && (
            <div className="detail__actions detail__more">
              <NewTaskButton parentId={task.id} customerId={task.customer?.id} />
            </div>
          )}
        </section>
      )}
    </div>
  );
}

/** A term whose absence says nothing. */
function some(term: string, value: ReactNode): [string, ReactNode][] {
  return value ? [[term, value]] : [];
}
