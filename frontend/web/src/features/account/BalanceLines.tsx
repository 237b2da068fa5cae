import type { EChartsCoreOption } from "echarts/core";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { decimalOf } from "@/i18n/hundredths";
import { useFormat } from "@/i18n/useFormat";
import { useTheme } from "@/theme/appearance";
import { Chart } from "@/ui/Chart";
import { DataTable } from "@/ui/DataTable";
import { Day, Money } from "@/ui/values";
import type { Line } from "./BalanceChart";
import { total } from "./balanceSteps";

/** Balances of one currency as steps, and their sum where there are several; `isWhole`: these are all there are. */
export function BalanceLines(props: {
  lines: readonly Line[];
  isWhole: boolean;
  currency: string;
  from: string;
  to: string;
  controls: ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const { lines, isWhole, currency, from, to } = props;
  const series = useMemo(
    () =>
      lines.length > 1
        ? [{ id: "total", name: t(isWhole ? "account.chart.total" : "account.chart.totalOfShown"), currency, closes: total(lines.map(({ closes }) => closes)) }, ...lines]
        : lines,
    [lines, isWhole, currency, t],
  );

  const option = useMemo((): EChartsCoreOption => {
    const money = (value: unknown) => (typeof value === "number" ? format.moneyShort({ amount: value.toFixed(2), currency }) : "");
    return {
      grid: { left: 8, right: 20, top: 36, bottom: 40, containLabel: true },
      legend: { type: "scroll", bottom: 4, left: 12, right: 12 },
      tooltip: { trigger: "axis", valueFormatter: money, order: "valueDesc" },
      xAxis: { type: "time", min: from, max: to, axisLabel: { hideOverlap: true, formatter: dayOf } },
      yAxis: { type: "value", name: currency, axisLabel: { formatter: (value: number) => format.compact(value) } },
      series: series.map(({ id, name, closes }) => ({
        id,
        name,
        type: "line",
        step: "end",
        showSymbol: closes.length < 3,
        symbolSize: 6,
        lineStyle: { width: id === "total" ? 2.5 : 1.5 },
        ...(id === "total" ? { itemStyle: { color: palette.text }, z: 3 } : {}),
        data: closes.map(({ day, hundredths }) => [day, Number(hundredths) / 100]),
      })),
    };
  }, [series, currency, from, to, format, palette]);

  const label = t("account.chart.label", { accounts: lines.map(({ name }) => name).join(", "), from, to, currency });
  const rows = series
    .flatMap(({ id, name, closes }) => closes.map(({ day, hundredths }) => ({ key: `${id} ${day}`, name, day, hundredths })))
    .toSorted((one, other) => (one.day > other.day ? -1 : 1));
  return (
    <Chart
      label={label}
      option={option}
      height={300}
      controls={props.controls}
      table={
        <DataTable
          compact
          label={label}
          rows={rows}
          rowKey={({ key }) => key}
          columns={[
            { key: "day", title: t("account.chart.day"), render: ({ day }) => <Day value={day} /> },
            { key: "account", title: t("account.chart.account"), render: ({ name }) => name },
            {
              key: "balance",
              title: t("account.balance"),
              number: true,
              render: ({ hundredths }) => <Money value={{ amount: decimalOf(hundredths), currency }} />,
            },
          ]}
        />
      }
    />
  );
}

function dayOf(instant: number): string {
  const at = new Date(instant);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
}
