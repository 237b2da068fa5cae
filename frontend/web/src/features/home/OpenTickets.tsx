import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import type { OpenTicketsQuery as Answer, TicketKind, TicketState } from "@/graph/generated/graphql";
import { useFormat } from "@/i18n/useFormat";
import { useAbsent } from "@/session/ViewerContext";
import { Chart } from "@/ui/Chart";
import { type Column, DataTable } from "@/ui/DataTable";
import { numberOf } from "@/ui/PeriodBars";
import { Empty, Loaded } from "@/ui/states";
import { Nothing } from "@/ui/values";
import { TICKET_KINDS } from "./ticketKinds";

const OpenTicketsQuery = graphql(`
  query OpenTickets {
    tickets(where: { state: { ne: CLOSED } }, first: 1) {
      aggregates(groupBy: [{ field: KIND }, { field: STATE }]) {
        key {
          kind
          state
        }
        count
      }
    }
  }
`);

const STATES: readonly TicketState[] = ["OPEN", "WAITING"];

type Groups = NonNullable<Answer["tickets"]>["aggregates"];

/** What is open now, by kind, and whether it waits for the bank or for the customer. */
export function OpenTickets(props: { controls: ReactNode }) {
  const { t } = useTranslation();
  const page = usePage(OpenTicketsQuery, {});
  return (
    <Loaded page={page}>
      {({ tickets }) =>
        tickets?.aggregates.length ? (
          <Drawn groups={tickets.aggregates} controls={props.controls} />
        ) : (
          <>
            <div className="chart-frame__head">{props.controls}</div>
            <Empty title={t("home.tickets.none")} />
          </>
        )
      }
    </Loaded>
  );
}

function Drawn(props: { groups: Groups; controls: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { groups } = props;
  const absent = useAbsent("0");
  const count = useMemo(() => {
    const counts = new Map(groups.map(({ key, count: found }) => [`${key.kind} ${key.state}`, found]));
    return (kind: TicketKind, state: TicketState) => counts.get(`${kind} ${state}`) ?? absent;
  }, [groups, absent]);
  const option = useMemo(() => {
    const upwards = TICKET_KINDS.toReversed();
    return {
      grid: { left: 16, right: 56, top: 32, bottom: 28, containLabel: true },
      legend: { top: 0, left: 12 },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: format.countOrNothing },
      xAxis: { type: "value", name: t("home.pieces"), minInterval: 1, axisLabel: { formatter: format.count } },
      yAxis: { type: "category", data: upwards.map((kind) => t(`terms.TicketKind.${kind}`)) },
      series: STATES.map((state) => ({
        type: "bar",
        stack: "open",
        name: t(`terms.TicketState.${state}`),
        barMaxWidth: 22,
        data: upwards.map((kind) => numberOf(count(kind, state))),
      })),
    };
  }, [count, format, t]);
  const columns: readonly Column<TicketKind>[] = [
    { key: "kind", title: t("home.tickets.kind"), render: (kind) => t(`terms.TicketKind.${kind}`) },
    ...STATES.map((state) => ({
      key: state,
      title: t(`terms.TicketState.${state}`),
      number: true,
      render: (kind: TicketKind) => {
        const found = count(kind, state);
        return found === null ? <Nothing /> : format.count(found);
      },
    })),
  ];
  return (
    <Chart
      label={t("home.tickets.openLabel")}
      option={option}
      controls={props.controls}
      table={<DataTable label={t("home.tickets.openLabel")} columns={columns} rows={TICKET_KINDS} rowKey={(kind) => kind} compact />}
    />
  );
}
