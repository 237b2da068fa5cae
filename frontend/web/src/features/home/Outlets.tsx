import { Segmented } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { graphql, usePage } from "@/graph";
import type { BranchLevel } from "@/graph/generated/graphql";
import { useFormat } from "@/i18n/useFormat";
import { useBank } from "@/session/BankContext";
import { useAbsent, usePermission, useViewer } from "@/session/ViewerContext";
import { useTheme } from "@/theme/appearance";
import { Chart } from "@/ui/Chart";
import { type Column, DataTable } from "@/ui/DataTable";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { Money, Nothing } from "@/ui/values";
import { columnOf, type Figures, sideBySide, sumIn } from "./figures";
import { levelsBelow } from "./levels";
import { useNow } from "./useNow";

const OutletsQuery = graphql(`
  query Outlets($level: BranchLevel!, $first: Int!, $now: DateTime!, $withTickets: Boolean!) {
    customers(first: 1) {
      aggregates(groupBy: [{ field: BRANCH, level: $level }], orderBy: LARGEST_FIRST, first: $first) {
        key {
          branch {
            id
            name
          }
        }
        count
        aum {
          currency
          sum
        }
      }
    }
    openTickets: tickets(where: { state: { ne: CLOSED } }, first: 1) @include(if: $withTickets) {
      aggregates(groupBy: [{ field: BRANCH, level: $level }], orderBy: LARGEST_FIRST, first: $first) {
        key {
          branch {
            id
            name
          }
        }
        count
      }
    }
    overdueTickets: tickets(where: { state: { ne: CLOSED }, dueAt: { lt: $now } }, first: 1)
      @include(if: $withTickets) {
      aggregates(groupBy: [{ field: BRANCH, level: $level }], orderBy: LARGEST_FIRST, first: $first) {
        key {
          branch {
            id
            name
          }
        }
        count
      }
    }
  }
`);

type Measure = "customers" | "aum" | "openTickets" | "overdueTickets";
type Row = Figures<Measure>;

const MOST_BARS = 16;
/** The most that can be asked for; of the levels above there are fewer, and what asks for less comes first. */
const MOST_OUTLETS = 1000;
const MOST_BRANCHES = 200;

/** The branches below the reader's, side by side: customers, money, tickets. */
export function Outlets() {
  const { t } = useTranslation();
  const bank = useBank();
  const { staff } = useViewer();
  const withTickets = usePermission("ticket:read") !== null;
  const levels = levelsBelow(staff?.branch?.level);
  const [level, setLevel] = useState<BranchLevel>(levels[0]);
  const first = level === "OUTLET" ? MOST_OUTLETS : MOST_BRANCHES;
  const now = useNow();
  const page = usePage(OutletsQuery, { level, first, now, withTickets });
  const { data } = page;
  const absent = useAbsent("0");
  const rows = useMemo(() => {
    const whole = { first, absent };
    return sideBySide<Measure>({
      customers: columnOf(data?.customers, whole, ({ key, count }) => ({ key: key.branch ?? null, value: count })),
      aum: columnOf(data?.customers, { ...whole, absent: null }, ({ key, aum }) => ({ key: key.branch ?? null, value: sumIn(bank.baseCurrency, aum) })),
      openTickets: columnOf(data?.openTickets, whole, ({ key, count }) => ({ key: key.branch ?? null, value: count })),
      overdueTickets: columnOf(data?.overdueTickets, whole, ({ key, count }) => ({ key: key.branch ?? null, value: count })),
    });
  }, [data, first, bank.baseCurrency, absent]);
  return (
    <Panel
      title={t("home.blocks.outlets")}
      flush
      refreshing={page.refreshing}
      extra={
        levels.length > 1 && (
          <Segmented<BranchLevel>
            size="small"
            value={level}
            onChange={setLevel}
            aria-label={t("home.level")}
            options={levels.map((value) => ({ value, label: t(`terms.BranchLevel.${value}`) }))}
          />
        )
      }
    >
      <Loaded page={page} lines={8}>
        {() => (rows.length === 0 ? <Empty title={t("home.noOutlets")} /> : <OutletsChart rows={rows} withTickets={withTickets} />)}
      </Loaded>
    </Panel>
  );
}

function OutletsChart(props: { rows: readonly Row[]; withTickets: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const { baseCurrency } = useBank();
  const [measure, setMeasure] = useState<Measure>("customers");
  const { rows, withTickets } = props;
  const measures: readonly Measure[] = withTickets ? ["customers", "aum", "openTickets", "overdueTickets"] : ["customers", "aum"];

  const option = useMemo(() => {
    const words = (row: Row) => {
      const value = row.values[measure];
      if (value === undefined) return "—";
      return measure === "aum" ? format.moneyShort({ amount: value, currency: baseCurrency }) : format.count(value);
    };
    // The largest on top: a category axis begins below.
    const drawn = rows
      .toSorted((one, other) => Number(other.values[measure] ?? 0) - Number(one.values[measure] ?? 0))
      .slice(0, MOST_BARS)
      .toReversed();
    return {
      grid: { left: 16, right: 80, top: 8, bottom: 28, containLabel: true },
      tooltip: {
        trigger: "axis",
        axisPointer: { type: "shadow" },
        formatter: ([{ dataIndex }]: [{ dataIndex: number }]) => {
          const row = drawn[dataIndex];
          return row ? `${row.name ?? t("home.elsewhere")}\n${t(`home.measures.${measure}`)}: ${words(row)}` : "";
        },
      },
      xAxis: { type: "value", name: unit(measure, t("home.pieces"), baseCurrency), axisLabel: { formatter: format.compact }, minInterval: 1 },
      yAxis: { type: "category", data: drawn.map((row) => row.name ?? t("home.elsewhere")) },
      series: [
        {
          type: "bar",
          name: t(`home.measures.${measure}`),
          color: measure === "overdueTickets" ? palette.danger : palette.series[0],
          barMaxWidth: 22,
          data: drawn.map((row) => Number(row.values[measure] ?? 0)),
          label: { show: true, position: "right", formatter: ({ dataIndex }: { dataIndex: number }) => words(drawn[dataIndex] as Row) },
        },
      ],
    };
  }, [rows, measure, format, palette, baseCurrency, t]);

  return (
    <Chart
      label={`${t("home.blocks.outlets")}: ${t(`home.measures.${measure}`)}`}
      height={Math.max(160, 60 + 32 * Math.min(rows.length, MOST_BARS))}
      option={option}
      controls={
        <Segmented<Measure>
          size="small"
          value={measure}
          onChange={setMeasure}
          aria-label={t("home.measure")}
          options={measures.map((value) => ({ value, label: t(`home.measures.${value}`) }))}
        />
      }
      table={<OutletsTable rows={rows} measures={measures} />}
    />
  );
}

function unit(measure: Measure, pieces: string, currency: string): string {
  return measure === "aum" ? currency : pieces;
}

function OutletsTable(props: { rows: readonly Row[]; measures: readonly Measure[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { baseCurrency } = useBank();
  const columns: readonly Column<Row>[] = [
    {
      key: "branch",
      title: t("home.branch"),
      render: ({ id, name }) => (id ? <Link to={`/customers?branch=${id}`}>{name}</Link> : t("home.elsewhere")),
    },
    ...props.measures.map((measure) => ({
      key: measure,
      title: t(`home.measures.${measure}`),
      number: true,
      render: ({ values }: Row) => {
        const value = values[measure];
        if (value === undefined) return <Nothing />;
        return measure === "aum" ? <Money short value={{ amount: value, currency: baseCurrency }} /> : format.count(value);
      },
    })),
  ];
  return <DataTable<Row> label={t("home.blocks.outlets")} columns={columns} rows={props.rows} rowKey={({ id }) => id} compact />;
}
