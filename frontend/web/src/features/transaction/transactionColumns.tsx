import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Revealable } from "@/features/reveal";
import { type FragmentType, graphql, readFragment } from "@/graph";
import type { Column } from "@/ui/DataTable";
import { Day, Money, Nothing } from "@/ui/values";

const TransactionRowFragment = graphql(`
  fragment TransactionRow on Transaction {
    id
    bookedOn
    direction
    operation
    purpose
    amount {
      amount
      currency
    }
    balanceAfter {
      amount
      currency
    }
    counterpartyBank
    counterpartyAccountMasked
    account {
      id
      numberLast4
      product {
        id
        name
      }
    }
  }
`);

type TransactionOf = { id: string } & FragmentType<typeof TransactionRowFragment>;

/** The columns of a list of movements; what came in is green and has a plus. */
export function useTransactionColumns(): readonly Column<TransactionOf>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const of = (row: TransactionOf) => readFragment(TransactionRowFragment, row);
    return [
      { key: "bookedOn", title: t("transaction.bookedOn"), render: (row) => <Day value={of(row).bookedOn} /> },
      {
        key: "what",
        title: t("transaction.what"),
        render: (row) => {
          const { operation, purpose, direction } = of(row);
          const words = [
            operation && t(`terms.TransactionOperation.${operation}`),
            purpose && t(`terms.PaymentPurpose.${purpose}`),
          ].filter(Boolean);
          return words.length ? words.join(" · ") : t(`terms.TransactionDirection.${direction}`);
        },
      },
      {
        key: "amount",
        title: t("transaction.amount"),
        number: true,
        render: (row) => {
          const { amount, direction } = of(row);
          const isIn = direction === "CREDIT";
          return (
            <span className={isIn ? "good" : undefined}>
              <span className="visually-hidden">{t(`terms.TransactionDirection.${direction}`)} </span>
              <Money value={amount} signed={isIn ? "in" : "out"} />
            </span>
          );
        },
      },
      { key: "after", title: t("transaction.after"), number: true, render: (row) => <Money value={of(row).balanceAfter} /> },
      {
        key: "counterparty",
        title: t("transaction.counterparty"),
        render: (row) => {
          const { counterpartyBank: bank, counterpartyAccountMasked: number } = of(row);
          if (!bank && !number) return <Nothing />;
          return (
            <>
              {bank} {number && <Revealable id={row.id} field="TRANSACTION_COUNTERPARTY_ACCOUNT" value={number} />}
            </>
          );
        },
      },
      {
        key: "account",
        title: t("transaction.account"),
        render: (row) => {
          const { account } = of(row);
          return account ? [account.product?.name, account.numberLast4].filter(Boolean).join(" ") : <Nothing />;
        },
      },
    ];
  }, [t]);
}
