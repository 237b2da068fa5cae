import { useState } from "react";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { useAbsent, usePermission } from "@/session/ViewerContext";
import { DataTable } from "@/ui/DataTable";
import { Pager } from "@/ui/Pager";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { usePages } from "@/ui/usePages";
import { useAccountColumns } from "./accountColumns";
import { BalanceChart } from "./BalanceChart";
import { Cards } from "./Cards";
import { Loans } from "./Loans";

const CustomerAccountsQuery = graphql(`
  query CustomerAccounts($id: ID!, $first: Int!, $after: String) {
    customer(id: $id) {
      id
      accounts(first: $first, after: $after, orderBy: [{ field: STATE, direction: DESC }, { field: OPENED_ON, direction: DESC }]) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          ...AccountRow
        }
      }
      ...Loans
      ...Cards
    }
  }
`);

const ROWS = 20;

/** What a customer has with the bank: accounts and how their balances went, loans, cards. */
export function AccountsTab(props: { customerId: string }) {
  const { t } = useTranslation();
  const { customerId } = props;
  const list = usePages();
  const page = usePage(CustomerAccountsQuery, { id: customerId, first: ROWS, after: list.page.after });
  const columns = useAccountColumns(customerId, page.data?.customer?.accounts?.nodes ?? []);
  // A day has one close: whom figures about single rows are kept from would see an old balance go on.
  const seesSingle = useAbsent(true);
  const mayReadBalances = usePermission("account.balance:read") !== null && seesSingle;
  const mayReadLoans = usePermission("loan:read") !== null;
  const mayReadCards = usePermission("card:read") !== null;
  const [period, setPeriod] = useState(12);
  return (
    <Loaded page={page} lines={10}>
      {({ customer }) =>
        customer && (
          <>
            <Panel flush title={t("account.title")} refreshing={page.refreshing}>
              {customer.accounts?.nodes.length ? (
                <>
                  <DataTable label={t("account.title")} columns={columns} rows={customer.accounts.nodes} rowKey={({ id }) => id} />
                  {(customer.accounts.pageInfo.hasNextPage || list.page.number > 1) && (
                    <Pager list={list} pageInfo={customer.accounts.pageInfo} totalCount={customer.accounts.totalCount} />
                  )}
                </>
              ) : (
                <Empty title={t("account.none")} />
              )}
            </Panel>
            {mayReadBalances && Boolean(customer.accounts?.nodes.length) && (
              <BalanceChart customerId={customerId} months={period} onMonths={setPeriod} />
            )}
            <div className="columns">
              {mayReadLoans && <Loans customer={customer} />}
              {mayReadCards && <Cards customer={customer} />}
            </div>
          </>
        )
      }
    </Loaded>
  );
}
