import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { graphql } from "@/graph";
import type { RevealField, RevealReason } from "@/graph/generated/graphql";
import { CommandForm } from "@/ui/CommandForm";
import { ChoiceField, TextField } from "@/ui/fields";

const RevealCommand = graphql(`
  mutation Reveal($input: RevealInput!) {
    reveal(input: $input) {
      value
      visibleUntil
      remainingCount
      errors {
        ...Problem
      }
    }
  }
`);

const REASONS = ["CUSTOMER_REQUEST", "CUSTOMER_CONTACT", "IDENTITY_CHECK", "DATA_CORRECTION", "COMPLAINT", "COMPLIANCE"] as const;
const LONGEST_REFERENCE = 200;

interface Values {
  reason: RevealReason;
  reference: string;
}

/** Asks what a value is needed for, and has it shown in full. */
export default function Reveal(props: {
  id: string;
  field: RevealField;
  masked: string;
  onShown(value: string, until: string): void;
  onClose(): void;
}) {
  const { t } = useTranslation();
  return (
    <CommandForm
      title={t("reveal.title", { masked: props.masked })}
      submit={t("reveal.show")}
      command={RevealCommand}
      variables={({ reason, reference }: Values) => ({ input: { id: props.id, field: props.field, reason, reference } })}
      explain={({ __typename: type }) => (type === "NotPermitted" ? t("reveal.notReached") : null)}
      done={({ remainingCount }) => t("reveal.shown", { count: remainingCount ?? 0 })}
      onDone={({ value, visibleUntil }) => value && visibleUntil && props.onShown(value, visibleUntil)}
      onClose={props.onClose}
    >
      <Alert className="command-form__notice" type="info" showIcon title={t("reveal.notice")} />
      <ChoiceField
        name="reason"
        label={t("reveal.reason")}
        required
        options={REASONS.map((value) => ({ value, label: t(`terms.RevealReason.${value}`) }))}
      />
      <TextField name="reference" label={t("reveal.reference")} help={t("reveal.referenceHelp")} required max={LONGEST_REFERENCE} />
    </CommandForm>
  );
}
