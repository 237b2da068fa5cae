import { useTranslation } from "react-i18next";
import { graphql } from "@/graph";
import { CommandForm } from "@/ui/CommandForm";
import { TextField, written } from "@/ui/fields";
import { isClosedAlready } from "./isClosedAlready";

const CompleteAlertCommand = graphql(`
  mutation CompleteAlert($input: CompleteAlertInput!, $idempotencyKey: String) {
    completeAlert(input: $input, idempotencyKey: $idempotencyKey) {
      alert {
        id
        version
        state
        seenAt
        closedAt
        result
        closedBy {
          id
          name
        }
        customer {
          id
        }
      }
      errors {
        ...Problem
      }
    }
  }
`);

const LONGEST_RESULT = 4000;

/** An alert has been seen to: what came of it. */
export function CompleteAlert(props: { id: string; version: number; onConflict(): void; onClose(): void }) {
  const { t } = useTranslation();
  const { id } = props;
  return (
    <CommandForm
      title={t("alert.complete")}
      submit={t("alert.completeShort")}
      command={CompleteAlertCommand}
      version={props.version}
      variables={({ result }: { result?: string }, expectedVersion) => ({
        input: { id, expectedVersion, result: written(result) },
      })}
      onConflict={props.onConflict}
      explain={(problem) => (isClosedAlready(problem) ? t("alert.closedAlready") : null)}
      done={t("alert.completed")}
      onClose={props.onClose}
    >
      <TextField name="result" label={t("alert.result")} max={LONGEST_RESULT} lines={4} help={t("alert.resultHelp")} />
    </CommandForm>
  );
}
