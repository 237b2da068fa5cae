import { PlusOutlined } from "@ant-design/icons";
import { lazy } from "react";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/session/ViewerContext";
import { FormButton } from "@/ui/FormButton";
import type { TaskFor } from "./CreateTask";

const CreateTask = lazy(async () => ({ default: (await import("./CreateTask")).CreateTask }));

/** Begins a task: of its own, of a customer, for a ticket, or as a part of another one. */
export function NewTaskButton(props: TaskFor & { primary?: boolean }) {
  const { t } = useTranslation();
  const mayCreate = usePermission("task:create") !== null;
  const { primary = false, ...belongs } = props;
  if (!mayCreate) return null;
  return (
    <FormButton
      type={primary ? "primary" : "default"}
      icon={<PlusOutlined aria-hidden />}
      renderForm={(close) => <CreateTask {...belongs} onClose={close} />}
    >
      {t(belongs.parentId ? "task.newPart" : "task.new")}
    </FormButton>
  );
}
