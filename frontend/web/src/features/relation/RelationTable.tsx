import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/useFormat";
import { DataTable } from "@/ui/DataTable";
import { Tag } from "@/ui/values";
import type { Customer } from "./customerOf";
import { EndRelation } from "./EndRelation";
import type { Tie } from "./relationGraph";
import { isFound } from "./relationTypes";

/** The relations that the graph draws, in words: what one customer is to the other. */
export function RelationTable(props: {
  ties: readonly Tie<Customer>[];
  chosenId: string;
  onSelect(id: string): void;
  mayEnd: boolean;
  onConflict(): void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const who = (customer: Customer) => (
    <button
      type="button"
      className="link"
      aria-pressed={customer.id === props.chosenId}
      onClick={() => props.onSelect(customer.id)}
    >
      {customer.displayName}
    </button>
  );
  return (
    <div className="relations__table">
      <DataTable
        compact
        label={t("relation.title")}
        rows={props.ties}
        rowKey={({ key }) => key}
        columns={[
          { key: "to", title: t("relation.who"), render: ({ to }) => who(to) },
          { key: "type", title: t("relation.is"), render: ({ type }) => <Tag>{t(`terms.RelationType.${type}`)}</Tag> },
          { key: "from", title: t("relation.of"), render: ({ from }) => who(from) },
          {
            key: "evidence",
            title: t("relation.evidence"),
            render: ({ evidence }) => evidence.map((each) => t(`terms.RelationEvidence.${each as "DECLARED"}`)).join(t("relation.comma")),
          },
          {
            key: "confidence",
            title: t("relation.confidence"),
            number: true,
            render: ({ confidenceRatio }) => format.percent(confidenceRatio),
          },
          ...(props.mayEnd
            ? [
                {
                  key: "end",
                  title: t("relation.actions"),
                  render: (tie: Tie<Customer>) => !isFound(tie.type) && <EndRelation tie={tie} onConflict={props.onConflict} />,
                },
              ]
            : []),
        ]}
      />
    </div>
  );
}
