import { Checkbox, Form } from "antd";
import { useTranslation } from "react-i18next";
import { graphql } from "@/graph";
import { CommandForm } from "@/ui/CommandForm";
import { isClosedAlready } from "./isClosedAlready";

const StopAlertCommand = graphql(`
  mutation StopAlert($input: StopAlertInput!, $idempotencyKey: String) {
    stopAlert(input: $input, idempotencyKey: $idempotencyKey) {
      alert {
        id
        version
        state
        seenAt
        closedAt
        closedBy {
          id
          name
        }
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

/** The reader wants no more of an alert, nor of its rule if they say so. */
export function StopAlert(props: {
  id: string;
  version: number;
  rule: string | null;
  onConflict(): void;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const { id, rule } = props;
  return (
    <CommandForm
      title={t("alert.stop")}
      submit={t("alert.stopShort")}
      danger
      command={StopAlertCommand}
      version={props.version}
      variables={({ stopsRule = false }: { stopsRule?: boolean }, expectedVersion) => ({
        input: { id, expectedVersion, stopsRule },
      })}
      onConflict={props.onConflict}
      explain={(problem) => (isClosedAlready(problem) ? t("alert.closedAlready") : null)}
      done={t("alert.stopped")}
      onClose={props.onClose}
    >
      <p>{t("alert.stopDetail")}</p>
      {rule !== null && (
        <Form.Item name="stopsRule" valuePropName="checked" extra={t("alert.stopsRuleHelp")}>
          <Checkbox>{t("alert.stopsRule", { rule })}</Checkbox>
        </Form.Item>
      )}
    </CommandForm>
  );
}
