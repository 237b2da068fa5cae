import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import type { TransactionFilter } from "./transactionWhere";

const AccountsToFilterByQuery = graphql(`
  query AccountsToFilterBy($id: ID!) {
    customer(id: $id) {
      id
      accounts(first: 50) {
        nodes {
          id
          numberLast4
          product {
            id
            name
          }
        }
      }
    }
  }
`);

const PURPOSES = [
  "SALARY",
  "PENSION",
  "HOUSEHOLD",
  "INSURANCE",
  "LOAN_PAYMENT",
  "LEASING",
  "INTEREST",
  "PENALTY_INTEREST",
  "STATEMENT_FEE",
] as const;
const PERIODS = [3, 6, 12] as const;

export function TransactionFilters(props: {
  customerId: string;
  filter: TransactionFilter;
  onChange(filter: TransactionFilter): void;
}) {
  const { t } = useTranslation();
  const { filter, onChange } = props;
  const { data } = usePage(AccountsToFilterByQuery, { id: props.customerId });
  const accounts = (data?.customer?.accounts?.nodes ?? []).map(({ id, numberLast4, product }) => ({
    value: id,
    label: [product?.name, numberLast4].filter(Boolean).join(" "),
  }));

  function choice(name: "accountId" | "direction" | "purpose", label: string, options: readonly { value: string; label: string }[]) {
    return (
      <Select<string>
        value={filter[name] ?? ""}
        onChange={(value) => onChange({ ...filter, [name]: value || null })}
        options={[{ value: "", label: `${label}: ${t("ui.all")}` }, ...options]}
        aria-label={label}
        popupMatchSelectWidth={false}
        style={{ minWidth: 110, maxWidth: 240 }}
      />
    );
  }

  return (
    <>
      <Select<number>
        value={filter.months ?? 0}
        onChange={(months) => onChange({ ...filter, months: months || null })}
        options={[
          ...PERIODS.map((months) => ({ value: months, label: t("transaction.months", { months }) })),
          { value: 0, label: t("transaction.everything") },
        ]}
        aria-label={t("transaction.period")}
        popupMatchSelectWidth={false}
        style={{ minWidth: 110 }}
      />
      {choice("accountId", t("transaction.account"), accounts)}
      {choice(
        "direction",
        t("transaction.direction"),
        (["CREDIT", "DEBIT"] as const).map((value) => ({ value, label: t(`terms.TransactionDirection.${value}`) })),
      )}
      {choice(
        "purpose",
        t("transaction.purpose"),
        PURPOSES.map((value) => ({ value, label: t(`terms.PaymentPurpose.${value}`) })),
      )}
    </>
  );
}
