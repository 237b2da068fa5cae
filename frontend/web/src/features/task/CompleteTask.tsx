import { useTranslation } from "react-i18next";
import { ChannelField } from "@/features/channel";
import { graphql } from "@/graph";
import type { Channel } from "@/graph/generated/graphql";
import { CommandForm } from "@/ui/CommandForm";
import { TextField, written } from "@/ui/fields";
import type { TaskInHand } from "./taskInHand";

const CompleteTaskCommand = graphql(`
  mutation CompleteTask($input: CompleteTaskInput!, $idempotencyKey: String!) {
    completeTask(input: $input, idempotencyKey: $idempotencyKey) {
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

export function CompleteTask(props: TaskInHand) {
  const { t } = useTranslation();
  const { task } = props;
  return (
    <CommandForm
      title={t("task.completing", { title: task.title })}
      submit={t("task.complete")}
      command={CompleteTaskCommand}
      version={task.version}
      variables={(typed: { completedThrough?: Channel; result?: string }, expectedVersion) => ({
        input: {
          id: task.id,
          expectedVersion,
          completedThrough: typed.completedThrough ?? null,
          result: written(typed.result),
        },
      })}
      explain={(problem) => (problem.path.at(-1) === "id" ? t("task.notDoable") : null)}
      done={t("task.completed")}
      onConflict={props.onConflict}
      onClose={props.onClose}
    >
      <ChannelField name="completedThrough" label={t("task.through")} />
      <TextField name="result" label={t("task.result")} lines={4} max={4000} />
    </CommandForm>
  );
}
