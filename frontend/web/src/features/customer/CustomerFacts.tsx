import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Revealable } from "@/features/reveal";
import { type FragmentType, graphql, readFragment } from "@/graph";
import { useFormat } from "@/i18n/useFormat";
import { usePermission } from "@/session/ViewerContext";
import { Panel } from "@/ui/Panel";
import { Day, Instant, Nothing, Terms } from "@/ui/values";

const CustomerFactsFragment = graphql(`
  fragment CustomerFacts on Customer {
    id
    asOfDate
    updatedAt
    source
    backupManager {
      id
      name
    }
    identityDocuments(first: 5, where: { endedAt: { isNull: true } }) {
      nodes {
        id
        type
        numberMasked
        expiresOn
      }
    }
    riskAssessment {
      id
      level
      expiresOn
    }
    attributes(first: 12) {
      nodes {
        id
        type
        textValue
        numberValue
        dateValue
        booleanValue
        choiceValue
        definition {
          id
          name
        }
      }
    }
    ... on Person {
      birthOn
    }
    ... on Organisation {
      registeredOn
    }
  }
`);

/** What the bank has on record of them, and where it comes from. */
export function CustomerFacts(props: { customer: FragmentType<typeof CustomerFactsFragment> }) {
  const { t } = useTranslation();
  const customer = readFragment(CustomerFactsFragment, props.customer);
  const seesBirth = usePermission("customer.birth_on:read") !== null;
  const items: (readonly [string, ReactNode])[] = [];
  if (customer.__typename === "Person") {
    const born = seesBirth ? <Day value={customer.birthOn} /> : <span className="muted">{t("customer.withheld")}</span>;
    items.push([t("customer.born"), born]);
  } else {
    items.push([t("customer.registeredOn"), <Day key="registered" value={customer.registeredOn} />]);
  }
  for (const document of customer.identityDocuments?.nodes ?? []) {
    items.push([
      t(`terms.IdentityDocumentType.${document.type}`),
      <span key={document.id}>
        <Revealable id={document.id} field="IDENTITY_DOCUMENT_NUMBER" value={document.numberMasked} />
        {document.expiresOn && (
          <span className="muted">
            {" "}
            {t("customer.until")} <Day value={document.expiresOn} />
          </span>
        )}
      </span>,
    ]);
  }
  items.push([t("customer.backupManager"), customer.backupManager?.name ?? <Nothing />]);
  if (customer.riskAssessment) {
    items.push([
      t("customer.risk"),
      <span key="risk">
        {t(`terms.RiskLevel.${customer.riskAssessment.level}`)}{" "}
        <span className="muted">
          {t("customer.until")} <Day value={customer.riskAssessment.expiresOn} />
        </span>
      </span>,
    ]);
  }
  for (const attribute of customer.attributes?.nodes ?? []) {
    if (attribute.definition) items.push([attribute.definition.name, <AttributeValue key={attribute.id} value={attribute} />]);
  }
  return (
    <Panel title={t("customer.facts")}>
      <Terms items={items} />
      <p className="muted facts__source">
        {t("customer.asOf")} <Day value={customer.asOfDate} /> · {t("customer.updatedAt")} <Instant value={customer.updatedAt} />
      </p>
    </Panel>
  );
}

function AttributeValue(props: {
  value: {
    textValue?: string | null;
    numberValue?: string | null;
    dateValue?: string | null;
    booleanValue?: boolean | null;
    choiceValue?: string | null;
  };
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { textValue, numberValue, dateValue, booleanValue, choiceValue } = props.value;
  if (dateValue) return <Day value={dateValue} />;
  if (booleanValue != null) return t(booleanValue ? "ui.yes" : "ui.no");
  if (numberValue) return format.decimal(numberValue);
  return textValue ?? choiceValue ?? <Nothing />;
}
