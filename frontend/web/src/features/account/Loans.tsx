import { useTranslation } from "react-i18next";
import { type FragmentType, graphql, readFragment } from "@/graph";
import { PartOnly } from "@/ui/PartOnly";
import { Panel } from "@/ui/Panel";
import { Empty } from "@/ui/states";
import { Day, Money, Tag, type Tone } from "@/ui/values";

const LoansFragment = graphql(`
  fragment Loans on Customer {
    id
    loans(first: 20) {
      pageInfo {
        hasNextPage
      }
      nodes {
        id
        state
        grantedOn
        termMonths
        amount {
          amount
          currency
        }
        instalment {
          amount
          currency
        }
        product {
          id
          name
        }
        account {
          id
          numberMasked
        }
      }
    }
  }
`);

const TONES = { RUNNING: "good", IN_ARREARS: "danger", REPAID: "neutral", DEFAULTED: "danger" } satisfies Record<string, Tone>;

export function Loans(props: { customer: FragmentType<typeof LoansFragment> }) {
  const { t } = useTranslation();
  const all = readFragment(LoansFragment, props.customer).loans;
  const loans = all?.nodes ?? [];
  return (
    <Panel flush title={t("account.loans.title")}>
      {loans.length === 0 ? (
        <Empty title={t("account.loans.none")} />
      ) : (
        <ul className="items" aria-label={t("account.loans.title")}>
          {loans.map((loan) => (
            <li key={loan.id} className="items__item">
              <div className="items__main">
                <div className="items__title">{loan.product?.name ?? t("terms.ProductCategory.LOAN")}</div>
                <div className="items__detail">
                  <span>
                    {t("account.loans.grantedOn")} <Day value={loan.grantedOn} />
                  </span>
                  <span>{t("account.loans.term", { months: loan.termMonths })}</span>
                  <span>
                    {t("account.loans.instalment")} <Money value={loan.instalment} />
                  </span>
                  {loan.account?.numberMasked && (
                    <span>{t("account.loans.through", { number: loan.account.numberMasked })}</span>
                  )}
                </div>
              </div>
              <div className="items__end">
                <Money value={loan.amount} />
                <Tag tone={TONES[loan.state]}>{t(`terms.LoanState.${loan.state}`)}</Tag>
              </div>
            </li>
          ))}
        </ul>
      )}
      <PartOnly of={all} />
    </Panel>
  );
}
