import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { graphql, usePage } from "@/graph";
import type { TierPyramidQuery as Answer } from "@/graph/generated/graphql";
import { useFormat } from "@/i18n/useFormat";
import { Chart } from "@/ui/Chart";
import { type Column, DataTable } from "@/ui/DataTable";
import { Panel } from "@/ui/Panel";
import { Loaded } from "@/ui/states";

const TierPyramidQuery = graphql(`
  query TierPyramid {
    customerTiers(where: { endsOn: { isNull: true } }, first: 1) {
      aggregates(groupBy: [{ field: TIER }]) {
        key {
          tier {
            id
            name
            rank
          }
        }
        count
      }
    }
  }
`);

type Group = NonNullable<Answer["customerTiers"]>["aggregates"][number];

/** How many customers within reach have which tier, the highest on top. */
export function TierPyramid() {
  const { t } = useTranslation();
  const page = usePage(TierPyramidQuery, {});
  const groups = useMemo(
    () =>
      (page.data?.customerTiers?.aggregates ?? [])
        .filter(({ key }) => key.tier)
        .toSorted((one, other) => (other.key.tier?.rank ?? 0) - (one.key.tier?.rank ?? 0)),
    [page.data],
  );
  // A bank that has no tiers has no use for an empty block.
  if (page.data && groups.length === 0) return null;
  return (
    <Panel title={t("home.blocks.tiers")} flush refreshing={page.refreshing}>
      <Loaded page={page}>{() => <Drawn groups={groups} />}</Loaded>
    </Panel>
  );
}

function Drawn(props: { groups: readonly Group[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { groups } = props;
  const option = useMemo(() => {
    const upwards = groups.toReversed();
    // With room for the words beside the widest bar.
    const width = 1.3 * Math.max(...groups.map(({ count }) => Number(count)));
    return {
      grid: { left: 16, right: 16, top: 8, bottom: 8, containLabel: true },
      tooltip: {
        trigger: "axis",
        axisPointer: { type: "shadow" },
        formatter: ([{ dataIndex }]: [{ dataIndex: number }]) => {
          const group = upwards[dataIndex];
          return group ? `${group.key.tier?.name}\n${t("home.measures.customers")}: ${format.count(group.count)}` : "";
        },
      },
      // Each bar stands in the middle: what it leaves of the width lies on both sides.
      xAxis: { type: "value", show: false, min: 0, max: width },
      yAxis: { type: "category", axisLine: { show: false }, axisTick: { show: false }, data: upwards.map(({ key }) => key.tier?.name) },
      series: [
        {
          type: "bar",
          stack: "pyramid",
          silent: true,
          color: "transparent",
          data: upwards.map(({ count }) => (width - Number(count)) / 2),
        },
        {
          type: "bar",
          stack: "pyramid",
          name: t("home.measures.customers"),
          barMaxWidth: 30,
          data: upwards.map(({ count }) => Number(count)),
          label: {
            show: true,
            position: "right",
            formatter: ({ dataIndex }: { dataIndex: number }) => format.count(upwards[dataIndex]?.count ?? 0),
          },
        },
      ],
    };
  }, [groups, format, t]);
  const columns: readonly Column<Group>[] = [
    {
      key: "tier",
      title: t("home.tier"),
      render: ({ key }) => <Link to={`/customers?tier=${key.tier?.id}`}>{key.tier?.name}</Link>,
    },
    { key: "count", title: t("home.measures.customers"), number: true, render: ({ count }) => format.count(count) },
  ];
  return (
    <Chart
      label={t("home.blocks.tiers")}
      option={option}
      table={
        <DataTable<Group>
          label={t("home.blocks.tiers")}
          columns={columns}
          rows={groups}
          rowKey={({ key }) => key.tier?.id ?? ""}
          compact
        />
      }
    />
  );
}
