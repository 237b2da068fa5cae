import { Form, InputNumber, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { ChannelField } from "@/features/channel";
import { graphql } from "@/graph";
import type { Channel, Direction, InteractionOutcome } from "@/graph/generated/graphql";
import { CommandForm } from "@/ui/CommandForm";
import { ChoiceField, TextField, written } from "@/ui/fields";
import { MomentField } from "@/ui/MomentField";
import { OUTCOMES } from "./interactionTones";

const LogInteractionCommand = graphql(`
  mutation LogInteraction($input: LogInteractionInput!, $idempotencyKey: String!) {
    logInteraction(input: $input, idempotencyKey: $idempotencyKey) {
      interaction {
        id
        ...InteractionMoment
      }
      errors {
        ...Problem
      }
    }
  }
`);

interface Typed {
  channel: Channel;
  direction: Direction;
  subject: string;
  note?: string;
  outcome?: InteractionOutcome;
  happenedAt?: string | null;
  durationMinutes?: number | null;
}

const DIRECTIONS: readonly Direction[] = ["OUTBOUND", "INBOUND"];
const LONGEST_MINUTES = 24 * 60;

export function LogInteraction(props: { customerId: string; onClose(): void }) {
  const { t } = useTranslation();
  const { customerId } = props;
  return (
    <CommandForm
      title={t("interaction.log")}
      command={LogInteractionCommand}
      initialValues={{ channel: "PHONE", direction: "OUTBOUND" }}
      variables={(typed: Typed) => ({
        input: {
          customerId,
          channel: typed.channel,
          direction: typed.direction,
          subject: typed.subject.trim(),
          note: written(typed.note),
          outcome: typed.outcome ?? null,
          happenedAt: typed.happenedAt ?? null,
          durationMinutes: typed.durationMinutes ?? null,
        },
      })}
      explain={({ path }) => (path.at(-1) === "happenedAt" ? t("interaction.notYet") : null)}
      done={t("interaction.logged")}
      onClose={props.onClose}
    >
      <ChannelField name="channel" label={t("interaction.channel")} required />
      <Form.Item name="direction" label={t("interaction.direction")}>
        <Radio.Group options={DIRECTIONS.map((value) => ({ value, label: t(`terms.Direction.${value}`) }))} />
      </Form.Item>
      <TextField name="subject" label={t("interaction.subject")} required max={200} />
      <ChoiceField
        name="outcome"
        label={t("interaction.outcome")}
        options={OUTCOMES.map((value) => ({ value, label: t(`terms.InteractionOutcome.${value}`) }))}
      />
      <TextField name="note" label={t("interaction.note")} lines={4} max={4000} />
      <MomentField name="happenedAt" label={t("interaction.happenedAt")} help={t("interaction.nowUnlessSaid")} />
      <Form.Item name="durationMinutes" label={t("interaction.minutes")}>
        <InputNumber min={0} max={LONGEST_MINUTES} precision={0} style={{ width: "100%" }} />
      </Form.Item>
    </CommandForm>
  );
}
