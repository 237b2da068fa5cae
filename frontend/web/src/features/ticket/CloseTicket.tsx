import { Form, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { graphql } from "@/graph";
import { CommandForm } from "@/ui/CommandForm";
import { TextField } from "@/ui/fields";
import type { TicketInHand } from "./ticketInHand";
import { SATISFACTION } from "./ticketTones";

const CloseTicketCommand = graphql(`
  mutation CloseTicket($input: CloseTicketInput!, $idempotencyKey: String!) {
    closeTicket(input: $input, idempotencyKey: $idempotencyKey) {
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

export function CloseTicket(props: TicketInHand) {
  const { t } = useTranslation();
  const { ticket } = props;
  return (
    <CommandForm
      title={t("ticket.closing", { number: ticket.ticketNo })}
      submit={t("ticket.close")}
      command={CloseTicketCommand}
      version={ticket.version}
      variables={(typed: { resolution: string; satisfaction?: number }, expectedVersion) => ({
        input: {
          id: ticket.id,
          expectedVersion,
          resolution: typed.resolution.trim(),
          satisfaction: typed.satisfaction ?? null,
        },
      })}
      explain={(problem) => (problem.path.at(-1) === "id" ? t("ticket.isClosed") : null)}
      done={t("ticket.closed")}
      onConflict={props.onConflict}
      onClose={props.onClose}
    >
      <TextField name="resolution" label={t("ticket.resolution")} required lines={4} max={4000} />
      <Form.Item name="satisfaction" label={t("ticket.satisfaction")} extra={t("ticket.satisfactionHelp")}>
        <Radio.Group
          options={SATISFACTION.map((word, at) => ({ value: at + 1, label: `${at + 1} ${t(`ticket.satisfied.${word}`)}` }))}
        />
      </Form.Item>
    </CommandForm>
  );
}
