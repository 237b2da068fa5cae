import { useTranslation } from "react-i18next";
import { graphql } from "@/graph";
import { CommandForm } from "@/ui/CommandForm";
import { TextField } from "@/ui/fields";
import type { TicketInHand } from "./ticketInHand";

const ReopenTicketCommand = graphql(`
  mutation ReopenTicket($input: ReopenTicketInput!, $idempotencyKey: String!) {
    reopenTicket(input: $input, idempotencyKey: $idempotencyKey) {
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

export function ReopenTicket(props: TicketInHand) {
  const { t } = useTranslation();
  const { ticket } = props;
  return (
    <CommandForm
      title={t("ticket.reopening", { number: ticket.ticketNo })}
      submit={t("ticket.reopen")}
      command={ReopenTicketCommand}
      version={ticket.version}
      variables={(typed: { note: string }, expectedVersion) => ({
        input: { id: ticket.id, expectedVersion, note: typed.note.trim() },
      })}
      explain={(problem) => (problem.path.at(-1) === "id" ? t("ticket.isOpen") : null)}
      done={t("ticket.reopened")}
      onConflict={props.onConflict}
      onClose={props.onClose}
    >
      <TextField name="note" label={t("ticket.why")} required lines={4} max={4000} />
    </CommandForm>
  );
}
