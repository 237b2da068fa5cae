import { DisconnectOutlined } from "@ant-design/icons";
import { Button, Popconfirm, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { graphql, useCommand } from "@/graph";
import { useProblemText } from "@/ui/useProblemText";
import { useMessage } from "@/ui/useMessage";
import type { Customer } from "./customerOf";
import type { Tie } from "./relationGraph";
import { useTieWords } from "./useTieWords";

const EndRelationMutation = graphql(`
  mutation EndRelation($input: EndRelationInput!, $idempotencyKey: String) {
    endRelation(input: $input, idempotencyKey: $idempotencyKey) {
      customer {
        id
        version
      }
      errors {
        ...Problem
      }
    }
  }
`);

/** Asks before a relation is ended; its other half goes with it. */
export function EndRelation(props: { tie: Tie<Customer>; onConflict(): void }) {
  const { t } = useTranslation();
  const message = useMessage();
  const problemText = useProblemText();
  const words = useTieWords();
  const { run, running } = useCommand(EndRelationMutation);
  const { tie } = props;

  async function end() {
    const outcome = await run({ input: { id: tie.id, expectedVersion: tie.version } });
    if (outcome.kind === "done") message.success(t("relation.end.done"));
    else if (outcome.kind === "failed") message.error(t(`ui.failure.${outcome.failure.kind}.title`));
    else for (const problem of outcome.problems.slice(0, 1)) message.error(problemText(problem));
    // Somebody else has changed or ended it meanwhile.
    if (outcome.kind === "refused") props.onConflict();
  }

  return (
    <Popconfirm
      title={t("relation.end.title")}
      description={words(tie)}
      okText={t("relation.end.open")}
      okButtonProps={{ danger: true }}
      placement="left"
      onConfirm={end}
    >
      <Tooltip title={t("relation.end.open")}>
        <Button
          type="text"
          size="small"
          loading={running}
          icon={<DisconnectOutlined aria-hidden />}
          aria-label={t("relation.end.label", { relation: words(tie) })}
        />
      </Tooltip>
    </Popconfirm>
  );
}
