import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/session/ViewerContext";
import type { TaskFor } from "./CreateTask";

const CreateTask = lazy(async () => ({ default: (await import("./CreateTask")).CreateTask }));

/** Begins a task: of its own, of a customer, for a ticket, or as a part of another one. */
export function NewTaskButton(props: TaskFor & { primary?: boolean }) {
  const { t } = useTranslation();
  const mayCreate = usePermission("task:create") !== null;
  const [creating, setCreating] = useState(false);
  const { primary = false, ...belongs } = props;
  if (!mayCreate) return null;
  return (
    <>
      <Button type={primary ? "primary" : "default"} icon={<PlusOutlined aria-hidden />} onClick={() => setCreating(true)}>
        {t(belongs.parentId ? "task.newPart" : "task.new")}
      </Button>
      {creating && (
        <Suspense fallback={null}>
          <CreateTask {...belongs} onClose={() => setCreating(false)} />
        </Suspense>
      )}
    </>
  );
}
