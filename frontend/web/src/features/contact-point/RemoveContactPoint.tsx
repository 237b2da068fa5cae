import { Popconfirm } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { graphql, useCommand } from "@/graph";
import { useProblemText } from "@/ui/useProblemText";
import { useMessage } from "@/ui/useMessage";

const RemoveContactPointMutation = graphql(`
  mutation RemoveContactPoint($input: RemoveContactPointInput!, $idempotencyKey: String) {
    removeContactPoint(input: $input, idempotencyKey: $idempotencyKey) {
      customer {
        id
        version
        ...ContactPoints
      }
      errors {
        ...Problem
      }
    }
  }
`);

/** Asks before a contact point is put out of use. */
export function RemoveContactPoint(props: { point: { id: string; version: number }; onConflict(): void; children: ReactNode }) {
  const { t } = useTranslation();
  const message = useMessage();
  const problemText = useProblemText();
  const { run } = useCommand(RemoveContactPointMutation);

  async function remove() {
    const outcome = await run({ input: { id: props.point.id, expectedVersion: props.point.version } });
    if (outcome.kind === "done") message.success(t("contactPoint.removed"));
    else if (outcome.kind === "failed") message.error(t(`ui.failure.${outcome.failure.kind}.title`));
    else for (const problem of outcome.problems.slice(0, 1)) message.error(problemText(problem));
    if (outcome.kind === "refused" && outcome.problems.some(({ __typename: type }) => type === "Conflict")) props.onConflict();
  }

  return (
    <Popconfirm
      title={t("contactPoint.removeTitle")}
      description={t("contactPoint.removeDetail")}
      okText={t("contactPoint.remove")}
      okButtonProps={{ danger: true }}
      onConfirm={remove}
    >
      {props.children}
    </Popconfirm>
  );
}
