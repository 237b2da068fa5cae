import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { type FragmentType, graphql, readFragment, useCommand } from "@/graph";
import { usePermission, useViewer } from "@/session/ViewerContext";
import { useProblemText } from "@/ui/useProblemText";
import { useMessage } from "@/ui/useMessage";
import "./alert.css";

const AcknowledgeButtonFragment = graphql(`
  fragment AcknowledgeButton on Alert {
    id
    version
    state
    title
    staff {
      id
    }
  }
`);

const AcknowledgeAlert = graphql(`
  mutation AcknowledgeAlert($input: AcknowledgeAlertInput!, $idempotencyKey: String) {
    acknowledgeAlert(input: $input, idempotencyKey: $idempotencyKey) {
      alert {
        id
        version
        state
        seenAt
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

/** Says that the reader has looked at an alert of their inbox; nothing where there is nothing to say. */
export function AcknowledgeButton(props: {
  alert: FragmentType<typeof AcknowledgeButtonFragment>;
  type?: "link" | "default";
  size?: "small" | "middle";
}) {
  const { t } = useTranslation();
  const message = useMessage();
  const viewer = useViewer();
  const mayHandle = usePermission("alert:handle") !== null;
  const alert = readFragment(AcknowledgeButtonFragment, props.alert);
  const { run, running } = useCommand(AcknowledgeAlert);
  const textOf = useProblemText();
  if (!mayHandle || alert.state !== "NEW" || !alert.staff || alert.staff.id !== viewer.staff?.id) return null;

  async function acknowledge() {
    const outcome = await run({ input: { id: alert.id } });
    if (outcome.kind === "refused") void message.error(outcome.problems.map(textOf).join(" "));
    if (outcome.kind === "failed") void message.error(t(`ui.failure.${outcome.failure.kind}.title`));
  }

  return (
    <Button
      type={props.type ?? "link"}
      size={props.size ?? "small"}
      className={props.type ? "" : "alert-acknowledge"}
      loading={running}
      aria-label={`${t("alert.acknowledge")}: ${alert.title}`}
      onClick={() => void acknowledge()}
    >
      {t("alert.acknowledge")}
    </Button>
  );
}
