import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import type { TicketKind, TicketsPerWeekQuery as Answer } from "@/graph/generated/graphql";
import { useFormat } from "@/i18n/useFormat";
import { daysAfter, instantIn } from "@/i18n/zone";
import { useBank } from "@/session/BankContext";
import { Chart } from "@/ui/Chart";
import { type Column, DataTable } from "@/ui/DataTable";
import { Loaded } from "@/ui/states";
import { Day } from "@/ui/values";
import { TICKET_KINDS } from "./ticketKinds";
import { weeksUntil } from "./weeks";

const TicketsPerWeekQuery = graphql(`
  query TicketsPerWeek($since: DateTime!) {
    tickets(where: { openedAt: { gte: $since } }, first: 1) {
      aggregates(groupBy: [{ field: OPENED_AT, per: WEEK }, { field: KIND }]) {
        key {
          openedAt
          kind
        }
        count
      }
    }
  }
`);

const WEEKS = 12;

type Groups = NonNullable<Answer["tickets"]>["aggregates"];

/** How many tickets were opened, week by week, by kind. */
export function TicketsPerWeek(props: { controls: ReactNode }) {
  const bank = useBank();
  const weeks = useMemo(() => weeksUntil(bank.businessDate, WEEKS), [bank.businessDate]);
  const since = instantIn(weeks[0] ?? bank.businessDate, "00:00", bank.timeZone).toISOString();
  const page = usePage(TicketsPerWeekQuery, { since });
  return (
    <Loaded page={page}>
      {({ tickets }) => <Drawn groups={tickets?.aggregates ?? []} weeks={weeks} controls={props.controls} />}
    </Loaded>
  );
}

function Drawn(props: { groups: Groups; weeks: readonly string[]; controls: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { groups, weeks } = props;
  const count = useMemo(() => {
    const counts = new Map(groups.map(({ key, count: found }) => [`${key.openedAt} ${key.kind}`, found]));
    return (week: string, kind: TicketKind) => counts.get(`${week} ${kind}`) ?? "0";
  }, [groups]);
  const option = useMemo(
    () => ({
      grid: { left: 16, right: 16, top: 56, bottom: 8, containLabel: true },
      legend: { top: 0, left: 12, type: "scroll" },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" } },
      xAxis: { type: "category", data: weeks.map((week) => format.date(week).slice(5)) },
      yAxis: { type: "value", name: t("home.pieces"), minInterval: 1, axisLabel: { formatter: format.count } },
      series: TICKET_KINDS.map((kind) => ({
        type: "bar",
        stack: "week",
        name: t(`terms.TicketKind.${kind}`),
        data: weeks.map((week) => Number(count(week, kind))),
      })),
    }),
    [count, weeks, format, t],
  );
  const columns: readonly Column<string>[] = [
    {
      key: "week",
      title: t("home.tickets.week"),
      render: (week) => (
        <>
          <Day value={week} /> – <Day value={daysAfter(week, 6)} />
        </>
      ),
    },
    ...TICKET_KINDS.map((kind) => ({
      key: kind,
      title: t(`terms.TicketKind.${kind}`),
      number: true,
      render: (week: string) => format.count(count(week, kind)),
    })),
  ];
  return (
    <Chart
      label={t("home.tickets.perWeekLabel")}
      option={option}
      controls={props.controls}
      table={<DataTable label={t("home.tickets.perWeekLabel")} columns={columns} rows={weeks} rowKey={(week) => week} compact />}
    />
  );
}
