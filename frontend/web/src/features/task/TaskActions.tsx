import { Button } from "antd";
import { type ComponentType, lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { type FragmentType, readFragment } from "@/graph";
import { usePermission, useViewer } from "@/session/ViewerContext";
import { TaskRow } from "./taskFragments";
import type { TaskInHand } from "./taskInHand";
import { isOpen } from "./taskTones";

type Act = "complete" | "handBack" | "assign" | "cancel";

const FORMS: Record<Act, ComponentType<TaskInHand>> = {
  complete: lazy(async () => ({ default: (await import("./CompleteTask")).CompleteTask })),
  handBack: lazy(async () => ({ default: (await import("./HandBackTask")).HandBackTask })),
  assign: lazy(async () => ({ default: (await import("./AssignTask")).AssignTask })),
  cancel: lazy(async () => ({ default: (await import("./CancelTask")).CancelTask })),
};

/** What the reader may do with a task that is still to be done. */
export function TaskActions(props: { task: FragmentType<typeof TaskRow>; onConflict(): void }) {
  const { t } = useTranslation();
  const task = readFragment(TaskRow, props.task);
  const { staff } = useViewer();
  const mayComplete = usePermission("task:complete") !== null;
  const mayAssign = usePermission("task:assign") !== null;
  const [act, setAct] = useState<Act | null>(null);
  const acts: Act[] = [];
  if (isOpen(task.state)) {
    if (mayComplete) acts.push("complete");
    if (mayAssign) acts.push("assign");
    if (mayComplete && staff && task.assignedTo?.id === staff.id) acts.push("handBack");
    if (mayAssign) acts.push("cancel");
  }
  const TheForm = act && FORMS[act];
  return (
    <>
      {acts.length > 0 && (
        <div className="detail__actions">
          {acts.map((each) => (
            <Button key={each} type={each === "complete" ? "primary" : "default"} onClick={() => setAct(each)}>
              {t(`task.${each}`)}
            </Button>
          ))}
        </div>
      )}
      {TheForm && (
        <Suspense fallback={null}>
          <TheForm task={task} onConflict={props.onConflict} onClose={() => setAct(null)} />
        </Suspense>
      )}
    </>
  );
}
