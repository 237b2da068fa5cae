import { NodeExpandOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { TierTag } from "@/features/tier";
import { Nothing, Terms } from "@/ui/values";
import type { Customer } from "./customerOf";
import { EndRelation } from "./EndRelation";
import type { Tie } from "./relationGraph";
import { isFound } from "./relationTypes";
import { useTieWords } from "./useTieWords";

/** The customer that is pointed at: who they are, what they are to the others here, and the way on from them. */
export function SelectedCustomer(props: {
  customer: Customer;
  isCentre: boolean;
  ties: readonly Tie<Customer>[];
  isExpanded: boolean;
  canExpand: boolean;
  unseen: number;
  mayEnd: boolean;
  onConflict(): void;
  onSelect(id: string): void;
  onExpand(): void;
}) {
  const { t } = useTranslation();
  const words = useTieWords();
  const { customer } = props;
  return (
    <aside className="relations__side" aria-label={t("relation.chosen")}>
      <div className="relations__who" aria-live="polite">
        <h3 className="relations__name">{customer.displayName}</h3>
        {customer.tier && <TierTag tier={customer.tier} />}
      </div>
      <Terms
        items={[
          [t("relation.kind"), t(`terms.CustomerKind.${customer.kind}`)],
          [t("relation.customerNo"), customer.customerNo],
          [t("relation.state"), t(`terms.CustomerState.${customer.state}`)],
          [t("relation.branch"), customer.branch?.name ?? <Nothing key="branch" />],
          [t("relation.manager"), customer.manager?.name ?? <Nothing key="manager" />],
        ]}
      />
      <div className="relations__actions">
        {props.unseen > 0 ? (
          <Button size="small" icon={<NodeExpandOutlined aria-hidden />} disabled={!props.canExpand} onClick={props.onExpand}>
            {t("relation.expandSome", { count: props.unseen })}
          </Button>
        ) : (
          <span className="muted">{t("relation.expanded")}</span>
        )}
        {!props.isCentre && <Link to={`/customers/${customer.id}?tab=relations`}>{t("relation.open360")}</Link>}
      </div>
      <ul className="items relations__ties" aria-label={t("relation.title")}>
        {props.ties.map((tie) => {
          const other = tie.from.id === customer.id ? tie.to : tie.from;
          return (
            <li key={tie.key} className="items__item">
              <div className="items__main">
                <button type="button" className="link" onClick={() => props.onSelect(other.id)}>
                  {words(tie)}
                </button>
              </div>
              <div className="items__end">
                {props.mayEnd && !isFound(tie.type) && <EndRelation tie={tie} onConflict={props.onConflict} />}
              </div>
            </li>
          );
        })}
      </ul>
    </aside>
  );
}
