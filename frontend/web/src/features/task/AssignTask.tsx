import { useTranslation } from "react-i18next";
import { graphql } from "@/graph";
import { useViewer } from "@/session/ViewerContext";
import { CommandForm } from "@/ui/CommandForm";
import { MomentField } from "@/ui/MomentField";
import { type Doer, DoerFields, doerId } from "./DoerFields";
import type { TaskInHand } from "./taskInHand";

const AssignTaskCommand = graphql(`
  mutation AssignTask($input: AssignTaskInput!, $idempotencyKey: String!) {
    assignTask(input: $input, idempotencyKey: $idempotencyKey) {
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

export function AssignTask(props: TaskInHand) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { task } = props;
  return (
    <CommandForm
      title={t("task.assigning", { title: task.title })}
      submit={t("task.assign")}
      command={AssignTaskCommand}
      version={task.version}
      initialValues={{ doer: "colleague" }}
      variables={(typed: Doer & { dueAt?: string | null }, expectedVersion) => ({
        input: { id: task.id, expectedVersion, assignedToId: doerId(typed, viewer), dueAt: typed.dueAt ?? null },
      })}
      explain={(problem) => (problem.path.at(-1) === "id" ? t("task.notDoable") : null)}
      done={t("task.assigned")}
      onConflict={props.onConflict}
      onClose={props.onClose}
    >
      <DoerFields />
      <MomentField name="dueAt" label={t("task.newDue")} help={t("task.newDueHelp")} />
    </CommandForm>
  );
}
