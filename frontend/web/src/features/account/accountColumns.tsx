import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Revealable } from "@/features/reveal";
import { type FragmentType, graphql, readFragment } from "@/graph";
import { useBank } from "@/session/BankContext";
import { usePermission } from "@/session/ViewerContext";
import type { Column } from "@/ui/DataTable";
import { Day, Money, Nothing, Tag, type Tone } from "@/ui/values";

const AccountRowFragment = graphql(`
  fragment AccountRow on Account {
    id
    numberMasked
    state
    currency
    balance {
      amount
      currency
    }
    balanceOn
    openedOn
    closedOn
    product {
      id
      name
      category
    }
    branch {
      id
      name
    }
    holders(first: 6) {
      nodes {
        id
        role
        customer {
          id
          displayName
        }
      }
    }
  }
`);

type AccountOf = { id: string } & FragmentType<typeof AccountRowFragment>;

const TONES = { OPEN: "good", FROZEN: "danger", CLOSED: "neutral" } satisfies Record<string, Tone>;

/** The columns of these accounts of a customer, the number first; who else holds them by name. */
export function useAccountColumns(customerId: string, rows: readonly AccountOf[]): readonly Column<AccountOf>[] {
  const { t } = useTranslation();
  const { baseCurrency } = useBank();
  const isForeign = rows.some((row) => readFragment(AccountRowFragment, row).currency !== baseCurrency);
  const seesBalances = usePermission("account.balance:read") !== null;
  return useMemo(() => {
    const of = (row: AccountOf) => readFragment(AccountRowFragment, row);
    const currency: readonly Column<AccountOf>[] = [
      { key: "currency", title: t("account.currency"), render: (row) => of(row).currency },
    ];
    const balances: readonly Column<AccountOf>[] = [
      { key: "balance", title: t("account.balance"), number: true, render: (row) => <Money value={of(row).balance} /> },
      { key: "balanceOn", title: t("account.balanceOn"), render: (row) => <Day value={of(row).balanceOn} /> },
    ];
    const holders = (row: AccountOf) => of(row).holders?.nodes ?? [];
    return [
      {
        key: "number",
        title: t("account.number"),
        render: (row) => <Revealable id={row.id} field="ACCOUNT_NUMBER" value={of(row).numberMasked} />,
      },
      {
        key: "product",
        title: t("account.product"),
        render: (row) => {
          const { product } = of(row);
          return product ? (
            <>
              {product.name} <Tag>{t(`terms.ProductCategory.${product.category}`)}</Tag>
            </>
          ) : (
            <Nothing />
          );
        },
      },
      {
        key: "state",
        title: t("account.state"),
        render: (row) => <Tag tone={TONES[of(row).state]}>{t(`terms.AccountState.${of(row).state}`)}</Tag>,
      },
      ...(isForeign ? currency : []),
      ...(seesBalances ? balances : []),
      { key: "openedOn", title: t("account.openedOn"), render: (row) => <Day value={of(row).openedOn} /> },
      { key: "branch", title: t("account.branch"), render: (row) => of(row).branch?.name ?? <Nothing /> },
      {
        key: "role",
        title: t("account.role"),
        render: (row) => {
          const role = holders(row).find(({ customer }) => customer?.id === customerId)?.role;
          return role ? t(`terms.HolderRole.${role}`) : <Nothing />;
        },
      },
      {
        key: "others",
        title: t("account.others"),
        render: (row) => {
          const others = holders(row).filter(({ customer }) => customer && customer.id !== customerId);
          if (!others.length) return <Nothing />;
          return (
            <span className="names">
              {others.map(
                ({ id, customer }) =>
                  customer && (
                    <Link key={id} to={`/customers/${customer.id}?tab=accounts`}>
                      {customer.displayName}
                    </Link>
                  ),
              )}
            </span>
          );
        },
      },
    ];
  }, [t, seesBalances, isForeign, customerId]);
}
