import { useTranslation } from "react-i18next";
import { ChannelField } from "@/features/channel";
import { CustomerField } from "@/features/picking";
import { PriorityField } from "@/features/priority";
import { graphql } from "@/graph";
import type { Channel, Priority, TicketKind } from "@/graph/generated/graphql";
import { CommandForm } from "@/ui/CommandForm";
import { ChoiceField, TextField, written } from "@/ui/fields";
import { KINDS } from "./ticketTones";

const OpenTicketCommand = graphql(`
  mutation OpenTicket($input: OpenTicketInput!, $idempotencyKey: String!) {
    openTicket(input: $input, idempotencyKey: $idempotencyKey) {
      ticket {
        id
        ...TicketRow
        ...TicketDetail
      }
      errors {
        ...Problem
      }
    }
  }
`);

interface Typed {
  kind: TicketKind;
  channel: Channel;
  priority: Priority;
  subject: string;
  description?: string;
  customerId?: string;
}

export function OpenTicket(props: { customerId?: string | undefined; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <CommandForm
      title={t("ticket.new")}
      submit={t("ticket.open")}
      command={OpenTicketCommand}
      initialValues={{ kind: "INQUIRY", priority: "NORMAL" }}
      variables={(typed: Typed) => ({
        input: {
          kind: typed.kind,
          channel: typed.channel,
          priority: typed.priority,
          subject: typed.subject.trim(),
          description: written(typed.description),
          customerId: props.customerId ?? typed.customerId ?? null,
        },
      })}
      done={t("ticket.opened")}
      onClose={props.onClose}
    >
      {!props.customerId && <CustomerField name="customerId" label={t("ticket.customer")} help={t("ticket.customerHelp")} />}
      <ChoiceField
        name="kind"
        label={t("ticket.kind")}
        required
        options={KINDS.map((value) => ({ value, label: t(`terms.TicketKind.${value}`) }))}
      />
      <ChannelField name="channel" label={t("ticket.channel")} required />
      <TextField name="subject" label={t("ticket.subject")} required max={200} />
      <PriorityField label={t("ticket.priority")} />
      <TextField name="description" label={t("ticket.description")} lines={4} max={4000} />
    </CommandForm>
  );
}
