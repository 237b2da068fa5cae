import { Checkbox, Form } from "antd";
import { useTranslation } from "react-i18next";
import { graphql } from "@/graph";
import type { TicketState } from "@/graph/generated/graphql";
import { CommandBox } from "@/ui/CommandBox";
import { TextField } from "@/ui/fields";

const CommentTicketCommand = graphql(`
  mutation CommentTicket($input: CommentTicketInput!, $idempotencyKey: String!) {
    commentTicket(input: $input, idempotencyKey: $idempotencyKey) {
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

/** Where something is written down about a ticket; while it is open also for whom it waits from here on. */
export function CommentTicket(props: { ticket: { id: string; state: TicketState } }) {
  const { t } = useTranslation();
  const { id, state } = props.ticket;
  return (
    <CommandBox
      submit={t("ticket.comment")}
      command={CommentTicketCommand}
      initialValues={{ waitsForCustomer: state === "WAITING" }}
      variables={(typed: { note: string; waitsForCustomer?: boolean }) => ({
        input: { id, note: typed.note.trim(), waitsForCustomer: state === "CLOSED" ? null : (typed.waitsForCustomer ?? null) },
      })}
      done={t("ticket.commented")}
    >
      <TextField name="note" label={t("ticket.newNote")} required lines={2} max={4000} />
      {state !== "CLOSED" && (
        <Form.Item name="waitsForCustomer" valuePropName="checked">
          <Checkbox>{t("ticket.waits")}</Checkbox>
        </Form.Item>
      )}
    </CommandBox>
  );
}
