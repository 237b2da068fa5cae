import { useTranslation } from "react-i18next";
import type { TaskState } from "@/graph/generated/graphql";
import { useFormat } from "@/i18n/useFormat";
import { useBank } from "@/session/BankContext";
import { Instant, Nothing, Tag } from "@/ui/values";
import { isOpen } from "./taskTones";

/** When a task should be done; marked where that day is over, or is today. */
export function TaskDue(props: { dueAt: string | null | undefined; state: TaskState; short?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { businessDate } = useBank();
  const { dueAt } = props;
  if (!dueAt) return <Nothing />;
  const day = format.dayOf(dueAt);
  return (
    <span className="tags">
      <Instant value={dueAt} short={props.short ?? false} />
      {isOpen(props.state) && day < businessDate && <Tag tone="danger">{t("task.overdue")}</Tag>}
      {isOpen(props.state) && day === businessDate && <Tag tone="warning">{t("task.today")}</Tag>}
    </span>
  );
}
