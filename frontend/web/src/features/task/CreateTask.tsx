import { useTranslation } from "react-i18next";
import { CustomerField } from "@/features/picking";
import { PriorityField } from "@/features/priority";
import { graphql } from "@/graph";
import type { Priority, TaskPurpose } from "@/graph/generated/graphql";
import { useViewer } from "@/session/ViewerContext";
import { CommandForm } from "@/ui/CommandForm";
import { ChoiceField, TextField, written } from "@/ui/fields";
import { MomentField } from "@/ui/MomentField";
import { type Doer, DoerFields, doerId } from "./DoerFields";
import { PURPOSES } from "./taskTones";

const CreateTaskCommand = graphql(`
  mutation CreateTask($input: CreateTaskInput!, $idempotencyKey: String!) {
    createTask(input: $input, idempotencyKey: $idempotencyKey) {
      task {
        id
        ...TaskRow
        ...TaskDetail
      }
      errors {
        ...Problem
      }
    }
  }
`);

/** What a new task belongs to, where it was begun from there. */
export interface TaskFor {
  customerId?: string | undefined;
  ticketId?: string | undefined;
  parentId?: string | undefined;
}

interface Typed extends Doer {
  title: string;
  purpose: TaskPurpose;
  priority: Priority;
  dueAt?: string | null;
  description?: string;
  customerId?: string;
}

export function CreateTask(props: TaskFor & { onClose(): void }) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const belongs = Boolean(props.customerId ?? props.ticketId ?? props.parentId);
  return (
    <CommandForm
      title={t(props.parentId ? "task.newPart" : "task.new")}
      submit={t("task.create")}
      command={CreateTaskCommand}
      initialValues={{ purpose: "FOLLOW_UP", priority: "NORMAL", doer: viewer.staff ? "me" : "anybody" }}
      variables={(typed: Typed) => ({
        input: {
          title: typed.title.trim(),
          purpose: typed.purpose,
          priority: typed.priority,
          dueAt: typed.dueAt ?? null,
          description: written(typed.description),
          customerId: props.customerId ?? typed.customerId ?? null,
          assignedToId: doerId(typed, viewer),
          parentId: props.parentId ?? null,
          ticketId: props.ticketId ?? null,
        },
      })}
      done={t("task.created")}
      onClose={props.onClose}
    >
      <TextField name="title" label={t("task.what")} required max={200} />
      <ChoiceField
        name="purpose"
        label={t("task.purpose")}
        required
        options={PURPOSES.map((value) => ({ value, label: t(`terms.TaskPurpose.${value}`) }))}
      />
      <PriorityField label={t("task.priority")} />
      <MomentField name="dueAt" label={t("task.due")} />
      <DoerFields />
      {!belongs && <CustomerField name="customerId" label={t("task.customer")} />}
      <TextField name="description" label={t("task.description")} lines={4} max={4000} />
    </CommandForm>
  );
}
