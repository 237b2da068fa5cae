import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PriorityTag } from "@/features/priority";
import { type FragmentType, readFragment } from "@/graph";
import type { Column } from "@/ui/DataTable";
import { Nothing, Tag } from "@/ui/values";
import { TaskDue } from "./TaskDue";
import { TaskRow } from "./taskFragments";
import { STATE_TONES } from "./taskTones";

export type TaskOf = { id: string } & FragmentType<typeof TaskRow>;

/** The columns of a list of tasks, what is to be done first. */
export function useTaskColumns(
  href: (id: string) => string,
  options: { ofOneCustomer: boolean },
): readonly Column<TaskOf>[] {
  const { t } = useTranslation();
  const { ofOneCustomer } = options;
  return useMemo(() => {
    const of = (row: TaskOf) => readFragment(TaskRow, row);
    const columns: (Column<TaskOf> | false)[] = [
      { key: "title", title: t("task.name"), sort: "TITLE", render: (row) => <Link to={href(row.id)}>{of(row).title}</Link> },
      {
        key: "dueAt",
        title: t("task.due"),
        sort: "DUE_AT",
        render: (row) => <TaskDue dueAt={of(row).dueAt} state={of(row).state} />,
      },
      { key: "priority", title: t("task.priority"), render: (row) => <PriorityTag priority={of(row).priority} /> },
      { key: "purpose", title: t("task.purpose"), render: (row) => t(`terms.TaskPurpose.${of(row).purpose}`) },
      !ofOneCustomer && {
        key: "customer",
        title: t("task.customer"),
        sort: "CUSTOMER_DISPLAY_NAME",
        render: (row) => {
          const { customer } = of(row);
          return customer ? <Link to={`/customers/${customer.id}`}>{customer.displayName}</Link> : <Nothing />;
        },
      },
      {
        key: "state",
        title: t("task.state"),
        render: (row) => <Tag tone={STATE_TONES[of(row).state]}>{t(`terms.TaskState.${of(row).state}`)}</Tag>,
      },
      {
        key: "assignedTo",
        title: t("task.assignedTo"),
        render: (row) => of(row).assignedTo?.name ?? <span className="muted">{t("task.anybody")}</span>,
      },
      {
        key: "assignedBy",
        title: t("task.assignedBy"),
        render: (row) => of(row).assignedBy?.name ?? <span className="muted">{t("task.system")}</span>,
      },
    ];
    return columns.filter((column) => column !== false);
  }, [t, href, ofOneCustomer]);
}
