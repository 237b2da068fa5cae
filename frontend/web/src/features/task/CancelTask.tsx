import { useTranslation } from "react-i18next";
import { graphql } from "@/graph";
import { CommandForm } from "@/ui/CommandForm";
import type { TaskInHand } from "./taskInHand";

const CancelTaskCommand = graphql(`
  mutation CancelTask($input: CancelTaskInput!, $idempotencyKey: String!) {
    cancelTask(input: $input, idempotencyKey: $idempotencyKey) {
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

export function CancelTask(props: TaskInHand) {
  const { t } = useTranslation();
  const { task } = props;
  return (
    <CommandForm
      title={t("task.cancelling", { title: task.title })}
      submit={t("task.cancel")}
      danger
      command={CancelTaskCommand}
      version={task.version}
      variables={(_typed: object, expectedVersion) => ({ input: { id: task.id, expectedVersion } })}
      explain={(problem) => (problem.path.at(-1) === "id" ? t("task.notDoable") : null)}
      done={t("task.cancelled")}
      onConflict={props.onConflict}
      onClose={props.onClose}
    >
      <p>{t("task.cancelDetail")}</p>
    </CommandForm>
  );
}
