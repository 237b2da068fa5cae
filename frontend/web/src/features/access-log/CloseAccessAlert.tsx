import { useTranslation } from "react-i18next";
import { graphql } from "@/graph";
import type { AccessAlertFinding } from "@/graph/generated/graphql";
import { CommandForm } from "@/ui/CommandForm";
import { ChoiceField, TextField } from "@/ui/fields";

const CloseAccessAlertCommand = graphql(`
  mutation CloseAccessAlert($input: CloseAccessAlertInput!, $idempotencyKey: String) {
    closeAccessAlert(input: $input, idempotencyKey: $idempotencyKey) {
      alert {
        id
        version
        state
        finding
        note
        closedAt
        closedBy {
          id
          name
        }
      }
      errors {
        ...Problem
      }
    }
  }
`);

interface Found {
  finding: AccessAlertFinding;
  note: string;
}

const FINDINGS: readonly AccessAlertFinding[] = ["JUSTIFIED", "FALSE_ALARM", "MISUSE"];
const LONGEST_NOTE = 2000;

/** What a security officer found about somebody else's use of the system. */
export function CloseAccessAlert(props: { id: string; version: number; onConflict(): void; onClose(): void }) {
  const { t } = useTranslation();
  const { id } = props;
  return (
    <CommandForm
      title={t("accessLog.closeTitle")}
      submit={t("accessLog.close")}
      command={CloseAccessAlertCommand}
      version={props.version}
      variables={({ finding, note }: Found, expectedVersion) => ({ input: { id, expectedVersion, finding, note } })}
      onConflict={props.onConflict}
      explain={({ __typename: type, path }) =>
        type === "InvalidInput" && path.at(-1) === "id" ? t("accessLog.closedAlready") : null
      }
      done={t("accessLog.closed")}
      onClose={props.onClose}
    >
      <ChoiceField<AccessAlertFinding>
        name="finding"
        label={t("accessLog.finding")}
        required
        options={FINDINGS.map((value) => ({ value, label: t(`terms.AccessAlertFinding.${value}`) }))}
      />
      <TextField name="note" label={t("accessLog.findingNote")} required max={LONGEST_NOTE} lines={4} />
    </CommandForm>
  );
}
