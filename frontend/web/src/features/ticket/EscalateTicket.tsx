import { useTranslation } from "react-i18next";
import { StaffField } from "@/features/picking";
import { graphql } from "@/graph";
import { CommandForm } from "@/ui/CommandForm";
import { TextField } from "@/ui/fields";
import type { TicketInHand } from "./ticketInHand";

const EscalateTicketCommand = graphql(`
  mutation EscalateTicket($input: EscalateTicketInput!, $idempotencyKey: String!) {
    escalateTicket(input: $input, idempotencyKey: $idempotencyKey) {
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

export function EscalateTicket(props: TicketInHand) {
  const { t } = useTranslation();
  const { ticket } = props;
  return (
    <CommandForm
      title={t("ticket.escalating", { number: ticket.ticketNo })}
      submit={t("ticket.escalate")}
      command={EscalateTicketCommand}
      version={ticket.version}
      variables={(typed: { note: string; toStaffId?: string }, expectedVersion) => ({
        input: { id: ticket.id, expectedVersion, note: typed.note.trim(), toStaffId: typed.toStaffId ?? null },
      })}
      explain={({ path, __typename: type }) => {
        if (path.at(-1) === "id") return t("ticket.notEscalable");
        return path.at(-1) === "toStaffId" && type === "InvalidInput" ? t("ticket.nobodyAbove") : null;
      }}
      done={t("ticket.escalated")}
      onConflict={props.onConflict}
      onClose={props.onClose}
    >
      <TextField name="note" label={t("ticket.why")} required lines={4} max={4000} />
      <StaffField name="toStaffId" label={t("ticket.toStaff")} help={t("ticket.escalateHelp")} />
    </CommandForm>
  );
}
