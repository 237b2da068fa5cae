import { useTranslation } from "react-i18next";
import { Revealable } from "@/features/reveal";
import { type FragmentType, graphql, readFragment } from "@/graph";
import { PartOnly } from "@/ui/PartOnly";
import { Panel } from "@/ui/Panel";
import { Empty } from "@/ui/states";
import { Day, Tag, type Tone } from "@/ui/values";

const CardsFragment = graphql(`
  fragment Cards on Customer {
    id
    cards(first: 20) {
      pageInfo {
        hasNextPage
      }
      nodes {
        id
        numberMasked
        grade
        state
        issuedOn
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

const TONES = { ACTIVE: "good", BLOCKED: "danger", EXPIRED: "neutral" } satisfies Record<string, Tone>;

export function Cards(props: { customer: FragmentType<typeof CardsFragment> }) {
  const { t } = useTranslation();
  const all = readFragment(CardsFragment, props.customer).cards;
  const cards = all?.nodes ?? [];
  return (
    <Panel flush title={t("account.cards.title")}>
      {cards.length === 0 ? (
        <Empty title={t("account.cards.none")} />
      ) : (
        <ul className="items" aria-label={t("account.cards.title")}>
          {cards.map((card) => (
            <li key={card.id} className="items__item">
              <div className="items__main">
                <div className="items__title">
                  {card.product?.name} <Revealable id={card.id} field="CARD_NUMBER" value={card.numberMasked} />
                </div>
                <div className="items__detail">
                  <span>
                    {t("account.cards.issuedOn")} <Day value={card.issuedOn} />
                  </span>
                  {card.account?.numberMasked && <span>{t("account.cards.drawsOn", { number: card.account.numberMasked })}</span>}
                </div>
              </div>
              <div className="items__end">
                <Tag>{t(`terms.CardGrade.${card.grade}`)}</Tag>
                <Tag tone={TONES[card.state]}>{t(`terms.CardState.${card.state}`)}</Tag>
              </div>
            </li>
          ))}
        </ul>
      )}
      <PartOnly of={all} />
    </Panel>
  );
}
