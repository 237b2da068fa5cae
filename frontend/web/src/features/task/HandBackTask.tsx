import { useTranslation } from "react-i18next";
import { graphql } from "@/graph";
import { CommandForm } from "@/ui/CommandForm";
import { TextField } from "@/ui/fields";
import type { TaskInHand } from "./taskInHand";

const HandBackTaskCommand = graphql(`
  mutation HandBackTask($input: HandBackTaskInput!, $idempotencyKey: String!) {
    handBackTask(input: $input, idempotencyKey: $idempotencyKey) {
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

export function HandBackTask(props: TaskInHand) {
  const { t } = useTranslation();
  const { task } = props;
  return (
    <CommandForm
      title={t("task.handingBack", { title: task.title })}
      submit={t("task.handBack")}
      command={HandBackTaskCommand}
      version={task.version}
      variables={(typed: { reason: string }, expectedVersion) => ({
        input: { id: task.id, expectedVersion, reason: typed.reason.trim() },
      })}
      explain={(problem) => (problem.path.at(-1) === "id" ? t("task.notYours") : null)}
      done={t("task.handedBack")}
      onConflict={props.onConflict}
      onClose={props.onClose}
    >
      <TextField name="reason" label={t("task.reason")} required lines={4} max={4000} />
    </CommandForm>
  );
}
