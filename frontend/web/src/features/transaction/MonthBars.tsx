import type { EChartsCoreOption } from "echarts/core";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/useFormat";
import { useTheme } from "@/theme/appearance";
import { Chart } from "@/ui/Chart";
import { DataTable } from "@/ui/DataTable";
import { Money } from "@/ui/values";
import type { Flow } from "./monthFlow";

export function MonthBars(props: { flow: Flow; controls: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const { currency, months } = props.flow;
  const option = useMemo((): EChartsCoreOption => {
    const bars = (name: string, side: "in" | "out", color: string) => ({
      name,
      type: "bar",
      barMaxWidth: 22,
      itemStyle: { color, borderRadius: [2, 2, 0, 0] },
      data: months.map(({ [side]: sum }) => (sum === null ? null : Number(sum))),
    });
    return {
      grid: { left: 8, right: 16, top: 32, bottom: 36, containLabel: true },
      legend: { bottom: 4 },
      tooltip: {
        trigger: "axis",
        axisPointer: { type: "shadow" },
        valueFormatter: (value: number | null) => (value == null ? "—" : format.money({ amount: value.toFixed(2), currency })),
      },
      xAxis: { type: "category", data: months.map(({ month }) => month) },
      yAxis: { type: "value", name: currency, axisLabel: { formatter: (value: number) => format.compact(value) } },
      series: [
        bars(t("terms.TransactionDirection.CREDIT"), "in", palette.series[0] ?? palette.success),
        bars(t("terms.TransactionDirection.DEBIT"), "out", palette.series[1] ?? palette.warning),
      ],
    };
  }, [months, currency, format, palette, t]);
  const label = t("transaction.chart.label", {
    from: months[0]?.month ?? "",
    to: months.at(-1)?.month ?? "",
    currency,
  });
  return (
    <Chart
      label={label}
      option={option}
      height={220}
      controls={props.controls}
      table={
        <DataTable
          compact
          label={label}
          rows={months.toReversed()}
          rowKey={({ month }) => month}
          columns={[
            { key: "month", title: t("transaction.chart.month"), render: ({ month }) => month },
            {
              key: "in",
              title: t("terms.TransactionDirection.CREDIT"),
              number: true,
              render: (month) => <Money value={month.in === null ? null : { amount: month.in, currency }} />,
            },
            {
              key: "out",
              title: t("terms.TransactionDirection.DEBIT"),
              number: true,
              render: (month) => <Money value={month.out === null ? null : { amount: month.out, currency }} />,
            },
          ]}
        />
      }
    />
  );
}
