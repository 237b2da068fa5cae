import { Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { useBank } from "@/session/BankContext";
import { usePermission } from "@/session/ViewerContext";
import { DataTable } from "@/ui/DataTable";
import { Pager } from "@/ui/Pager";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { usePages } from "@/ui/usePages";
import { MonthChart } from "./MonthChart";
import { TransactionFilters } from "./TransactionFilters";
import { useTransactionColumns } from "./transactionColumns";
import { type TransactionFilter, transactionWhere, UNFILTERED } from "./transactionWhere";

const CustomerTransactionsQuery = graphql(`
  query CustomerTransactions($where: TransactionWhere!, $first: Int!, $after: String) {
    transactions(where: $where, first: $first, after: $after, orderBy: [{ field: BOOKED_ON, direction: DESC }]) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...TransactionRow
      }
    }
  }
`);

const ROWS = 20;

/** The movements of a customer's accounts, newest first, and what came in and went out per month. */
export function TransactionsTab(props: { customerId: string }) {
  const { t } = useTranslation();
  const { customerId } = props;
  const { businessDate } = useBank();
  const [filter, setFilter] = useState(UNFILTERED);
  const list = usePages();
  const where = useMemo(() => transactionWhere(customerId, filter, businessDate), [customerId, filter, businessDate]);
  const page = usePage(CustomerTransactionsQuery, { where, first: ROWS, after: list.page.after });
  const columns = useTransactionColumns();
  const mayReadAmounts = usePermission("transaction.amount:read") !== null;
  const isFiltered = Boolean(filter.accountId || filter.direction || filter.purpose) || filter.months !== UNFILTERED.months;

  function change(next: TransactionFilter) {
    setFilter(next);
    list.setSort(null);
  }

  return (
    <>
      {mayReadAmounts && <MonthChart where={where} months={filter.months} />}
      <Panel flush title={t("transaction.title")} refreshing={page.refreshing}>
        <div className="toolbar">
          <TransactionFilters customerId={customerId} filter={filter} onChange={change} />
          {isFiltered && (
            <Button type="link" onClick={() => change(UNFILTERED)}>
              {t("ui.clearFilters")}
            </Button>
          )}
        </div>
        <Loaded page={page} lines={12}>
          {({ transactions }) =>
            transactions?.nodes.length ? (
              <>
                <DataTable
                  compact
                  label={t("transaction.title")}
                  columns={columns}
                  rows={transactions.nodes}
                  rowKey={({ id }) => id}
                />
                <Pager list={list} pageInfo={transactions.pageInfo} totalCount={transactions.totalCount} />
              </>
            ) : (
              <Empty title={t(isFiltered ? "transaction.noneFiltered" : "transaction.none")}>
                {isFiltered && <Button onClick={() => change(UNFILTERED)}>{t("ui.clearFilters")}</Button>}
              </Empty>
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}
