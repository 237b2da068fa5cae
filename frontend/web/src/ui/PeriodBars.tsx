import { type ReactNode, useMemo } from "react";
import { useFormat } from "@/i18n/useFormat";
import { useAbsent } from "@/session/ViewerContext";
import { Chart } from "./Chart";
import { type Column, DataTable } from "./DataTable";
import { Nothing } from "./values";

interface Kind<Key extends string> {
  key: Key;
  name: string;
  /** The next of the series' colours unless said. */
  color?: string | undefined;
}

/** For a bar: none where the figure is kept from the reader. */
export function numberOf(count: string | null): number | null {
  return count === null ? null : Number(count);
}

/** How many of each kind there were in each period, as bars that stand on one another, and as a table. */
export function PeriodBars<Key extends string>(props: {
  label: string;
  unit: string;
  kinds: readonly Kind<Key>[];
  /** The first days of the periods, oldest first. */
  periods: readonly string[];
  counts: readonly { period: string | null | undefined; kind: Key | null | undefined; count: string }[];
  /** How the table shows the periods. */
  column: { title: string; render(period: string): ReactNode };
  newestFirst?: boolean;
  controls?: ReactNode;
}) {
  const format = useFormat();
  const { kinds, periods, counts, unit } = props;
  const absent = useAbsent("0");
  const count = useMemo(() => {
    const found = new Map(counts.map((each) => [`${each.period} ${each.kind}`, each.count]));
    return (period: string, kind: Key) => found.get(`${period} ${kind}`) ?? absent;
  }, [counts, absent]);
  const option = useMemo(
    () => ({
      grid: { left: 16, right: 16, top: 56, bottom: 8, containLabel: true },
      legend: { top: 0, left: 12, type: "scroll" },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: format.countOrNothing },
      xAxis: { type: "category", data: periods.map((period) => format.date(period).slice(5)) },
      yAxis: { type: "value", name: unit, minInterval: 1, axisLabel: { formatter: format.count } },
      series: kinds.map(({ key, name, color }) => ({
        type: "bar",
        stack: "period",
        name,
        ...(color ? { color } : {}),
        data: periods.map((period) => numberOf(count(period, key))),
      })),
    }),
    [count, format, kinds, periods, unit],
  );
  const columns: readonly Column<string>[] = [
    { key: "period", ...props.column },
    ...kinds.map(({ key, name }) => ({
      key,
      title: name,
      number: true,
      render: (period: string) => {
        const found = count(period, key);
        return found === null ? <Nothing /> : format.count(found);
      },
    })),
  ];
  const rows = props.newestFirst ? periods.toReversed() : periods;
  return (
    <Chart
      label={props.label}
      option={option}
      controls={props.controls}
      table={<DataTable label={props.label} columns={columns} rows={rows} rowKey={(period) => period} compact />}
    />
  );
}
