import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PriorityTag } from "@/features/priority";
import { readFragment } from "@/graph";
import { Tag } from "@/ui/values";
import type { TaskOf } from "./taskColumns";
import { TaskDue } from "./TaskDue";
import { TaskRow } from "./taskFragments";
import { STATE_TONES } from "./taskTones";

/** Tasks in a few words, one line each; at its end its state, or whatever `renderEnd` puts there. */
export function TaskLines(props: { tasks: readonly TaskOf[]; href(id: string): string; renderEnd?(task: TaskOf): ReactNode }) {
  const { t } = useTranslation();
  return (
    <ul className="items">
      {props.tasks.map((each) => {
        const task = readFragment(TaskRow, each);
        return (
          <li key={task.id} className="items__item">
            <div className="items__main">
              <div className="items__title">
                <Link to={props.href(task.id)}>{task.title}</Link>
              </div>
              <div className="items__detail">
                <TaskDue short dueAt={task.dueAt} state={task.state} />
                {task.customer && <span>{task.customer.displayName}</span>}
              </div>
            </div>
            <div className="items__end">
              {(task.priority === "URGENT" || task.priority === "HIGH") && <PriorityTag priority={task.priority} />}
              {props.renderEnd ? props.renderEnd(each) : <Tag tone={STATE_TONES[task.state]}>{t(`terms.TaskState.${task.state}`)}</Tag>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
