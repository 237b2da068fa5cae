import { Form, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { BranchField, StaffField } from "@/features/picking";
import { graphql } from "@/graph";
import { useViewer } from "@/session/ViewerContext";
import { CommandForm } from "@/ui/CommandForm";
import { TextField, written } from "@/ui/fields";
import type { TicketInHand } from "./ticketInHand";

const TransferTicketCommand = graphql(`
  mutation TransferTicket($input: TransferTicketInput!, $idempotencyKey: String!) {
    transferTicket(input: $input, idempotencyKey: $idempotencyKey) {
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

type To = "me" | "colleague" | "branch";

export function TransferTicket(props: TicketInHand) {
  const { t } = useTranslation();
  const { staff } = useViewer();
  const { ticket } = props;
  const isMine = ticket.assignedTo?.id === staff?.id;
  const [to, setTo] = useState<To>(staff && !isMine ? "me" : "colleague");
  return (
    <CommandForm
      title={t("ticket.transferring", { number: ticket.ticketNo })}
      submit={t("ticket.transfer")}
      command={TransferTicketCommand}
      version={ticket.version}
      variables={(typed: { toStaffId?: string; toBranchId?: string; note?: string }, expectedVersion) => ({
        input: {
          id: ticket.id,
          expectedVersion,
          toStaffId: to === "me" ? (staff?.id ?? null) : to === "colleague" ? (typed.toStaffId ?? null) : null,
          toBranchId: to === "branch" ? (typed.toBranchId ?? null) : null,
          note: written(typed.note),
        },
      })}
      explain={(problem) => (problem.path.at(-1) === "id" ? t("ticket.isClosed") : null)}
      done={t("ticket.transferred")}
      onConflict={props.onConflict}
      onClose={props.onClose}
    >
      <Form.Item label={t("ticket.to")}>
        <Radio.Group
          aria-label={t("ticket.to")}
          value={to}
          onChange={(event) => setTo(event.target.value as To)}
          options={[
            ...(staff && !isMine ? [{ value: "me", label: t("ticket.toMe") }] : []),
            { value: "colleague", label: t("ticket.toStaff") },
            { value: "branch", label: t("ticket.toBranch") },
          ]}
        />
      </Form.Item>
      {to === "colleague" && <StaffField name="toStaffId" label={t("ticket.toStaff")} required />}
      {to === "branch" && <BranchField name="toBranchId" label={t("ticket.toBranch")} required help={t("ticket.toBranchHelp")} />}
      <TextField name="note" label={t("ticket.note")} lines={4} max={4000} />
    </CommandForm>
  );
}
