import { Segmented, Select } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { monthsBefore } from "@/i18n/calendar";
import { hundredthsOf } from "@/i18n/hundredths";
import { useBank } from "@/session/BankContext";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { BalanceLines } from "./BalanceLines";
import { type Close, between } from "./balanceSteps";

// Grouped by their days, all closes of a year come in one answer; as rows they would come in pages.
const CustomerBalancesQuery = graphql(`
  query CustomerBalances($id: ID!, $from: Date!, $to: Date!) {
    customer(id: $id) {
      id
      accounts(first: 20, orderBy: [{ field: STATE, direction: DESC }, { field: OPENED_ON, direction: DESC }]) {
        pageInfo {
          hasNextPage
        }
        nodes {
          id
          numberLast4
          currency
          product {
            id
            name
          }
          closes: balances(first: 1, where: { closedOn: { gt: $from, lte: $to } }) {
            aggregates(groupBy: [{ field: CLOSED_ON, per: DAY }], first: 400) {
              key {
                closedOn
              }
              amount {
                currency
                sum
              }
            }
          }
          before: balances(first: 1, where: { closedOn: { lte: $from } }) {
            nodes {
              id
              closedOn
              amount {
                amount
                currency
              }
            }
          }
        }
      }
    }
  }
`);

const PERIODS = [3, 6, 12];

/** An account's line: what it is called, and its closes within the period. */
export interface Line {
  id: string;
  name: string;
  currency: string;
  closes: readonly Close[];
}

/** How the balances of a customer's accounts went, up to the business date. */
export function BalanceChart(props: { customerId: string; months: number; onMonths(months: number): void }) {
  const { t } = useTranslation();
  const { businessDate } = useBank();
  const from = monthsBefore(businessDate, props.months);
  const page = usePage(CustomerBalancesQuery, { id: props.customerId, from, to: businessDate });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { data } = page;
  const lines = useMemo(() => {
    const accounts = data?.customer?.accounts?.nodes ?? [];
    return accounts
      .map(({ id, currency, product, numberLast4, closes, before }): Line => {
        const known = [
          ...(before?.nodes ?? []).map((row) => ({ day: row.closedOn, hundredths: hundredthsOf(row.amount.amount) })),
          ...(closes?.aggregates ?? []).flatMap(({ key, amount }) =>
            key.closedOn && amount[0] ? [{ day: key.closedOn, hundredths: hundredthsOf(amount[0].sum) }] : [],
          ),
        ];
        const name = [product?.name, numberLast4].filter(Boolean).join(" ");
        return { id, name, currency, closes: between(known, from, businessDate) };
      })
      .filter((line) => line.closes.length > 0);
  }, [data, from, businessDate]);
  const currencies = Array.from(new Set(lines.map((line) => line.currency)));
  const [wanted, setCurrency] = useState<string | null>(null);
  const currency = currencies.find((each) => each === wanted) ?? currencies[0];
  const offered = lines.filter((line) => line.currency === currency);
  const picked = offered.filter(({ id }) => chosen.includes(id));
  return (
    <Panel flush title={t("account.chart.title")} refreshing={page.refreshing}>
      <Loaded page={page} lines={7}>
        {() =>
          currency ? (
            <BalanceLines
              lines={picked.length ? picked : offered}
              isWhole={picked.length > 0 || !data?.customer?.accounts?.pageInfo.hasNextPage}
              currency={currency}
              from={from}
              to={businessDate}
              controls={
                <>
                  <Segmented
                    aria-label={t("account.chart.period")}
                    value={props.months}
                    onChange={props.onMonths}
                    options={PERIODS.map((months) => ({ value: months, label: t("account.chart.months", { months }) }))}
                  />
                  {currencies.length > 1 && (
                    <Segmented aria-label={t("account.currency")} value={currency} onChange={setCurrency} options={currencies} />
                  )}
                  {offered.length > 1 && (
                    <Select
                      mode="multiple"
                      allowClear
                      maxTagCount="responsive"
                      className="chart-frame__choice"
                      aria-label={t("account.chart.accounts")}
                      placeholder={t("account.chart.all")}
                      value={picked.map(({ id }) => id)}
                      onChange={setChosen}
                      options={offered.map(({ id, name }) => ({ value: id, label: name }))}
                    />
                  )}
                </>
              }
            />
          ) : (
            <Empty title={t("account.chart.none")} />
          )
        }
      </Loaded>
    </Panel>
  );
}
