import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { useFormat } from "@/i18n/useFormat";
import { useBank } from "@/session/BankContext";
import { useAbsent, usePermission } from "@/session/ViewerContext";
import { type Column, DataTable } from "@/ui/DataTable";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { Money, Nothing } from "@/ui/values";
import { beginsAt } from "./businessDay";
import { columnOf, type Figures, sideBySide, sumIn } from "./figures";

const TeamQuery = graphql(`
  query Team($today: DateTime!, $first: Int!, $withAum: Boolean!, $withTasks: Boolean!, $withTickets: Boolean!) {
    customers(where: { state: { ne: DEREGISTERED } }, first: 1) {
      aggregates(groupBy: [{ field: MANAGER }], orderBy: LARGEST_FIRST, first: $first) {
        key {
          manager {
            id
            name
          }
        }
        count
        aum @include(if: $withAum) {
          currency
          sum
        }
      }
    }
    openTasks: tasks(where: { state: { eq: OPEN } }, first: 1) @include(if: $withTasks) {
      aggregates(groupBy: [{ field: ASSIGNED_TO }], orderBy: LARGEST_FIRST, first: $first) {
        key {
          assignedTo {
            id
            name
          }
        }
        count
      }
    }
    overdueTasks: tasks(where: { state: { eq: OPEN }, dueAt: { lt: $today } }, first: 1) @include(if: $withTasks) {
      aggregates(groupBy: [{ field: ASSIGNED_TO }], orderBy: LARGEST_FIRST, first: $first) {
        key {
          assignedTo {
            id
            name
          }
        }
        count
      }
    }
    openTickets: tickets(where: { state: { ne: CLOSED } }, first: 1) @include(if: $withTickets) {
      aggregates(groupBy: [{ field: ASSIGNED_TO }], orderBy: LARGEST_FIRST, first: $first) {
        key {
          assignedTo {
            id
            name
          }
        }
        count
      }
    }
  }
`);

type Measure = "customers" | "aum" | "openTasks" | "overdueTasks" | "openTickets";
type Row = Figures<Measure>;

const MEASURES: readonly Measure[] = ["customers", "aum", "openTasks", "overdueTasks", "openTickets"];

/** More people than any branch has. */
const MOST_STAFF = 200;

/** Who in the branch has how many customers, and how much to do. */
export function Team() {
  const { t } = useTranslation();
  const format = useFormat();
  const bank = useBank();
  const withAum = usePermission("customer.aum:read") !== null;
  const withTasks = usePermission("task:read") !== null;
  const withTickets = usePermission("ticket:read") !== null;
  const page = usePage(TeamQuery, { first: MOST_STAFF, today: beginsAt(bank).today, withAum, withTasks, withTickets });
  const { data } = page;
  const absent = useAbsent("0");
  const rows = useMemo(() => {
    const whole = { first: MOST_STAFF, absent };
    return sideBySide<Measure>({
      customers: columnOf(data?.customers, whole, ({ key, count }) => ({ key: key.manager ?? null, value: count })),
      aum: columnOf(data?.customers, { ...whole, absent: null }, ({ key, aum }) => ({ key: key.manager ?? null, value: sumIn(bank.baseCurrency, aum) })),
      openTasks: columnOf(data?.openTasks, whole, ({ key, count }) => ({ key: key.assignedTo ?? null, value: count })),
      overdueTasks: columnOf(data?.overdueTasks, whole, ({ key, count }) => ({ key: key.assignedTo ?? null, value: count })),
      openTickets: columnOf(data?.openTickets, whole, ({ key, count }) => ({ key: key.assignedTo ?? null, value: count })),
    });
  }, [data, bank.baseCurrency, absent]);
  const columns: readonly Column<Row>[] = [
    { key: "staff", title: t("home.staff"), render: ({ name }) => name ?? <span className="muted">{t("home.nobody")}</span> },
    ...MEASURES.filter((measure) => measure !== "aum" || withAum).map((measure) => ({
      key: measure,
      title: t(`home.measures.${measure}`),
      number: true,
      render: ({ values }: Row) => {
        const value = values[measure];
        if (value === undefined) return <Nothing />;
        if (measure === "aum") return <Money short value={{ amount: value, currency: bank.baseCurrency }} />;
        return <span className={measure === "overdueTasks" && Number(value) > 0 ? "danger" : undefined}>{format.count(value)}</span>;
      },
    })),
  ];
  return (
    <Panel title={t("home.blocks.team")} flush refreshing={page.refreshing}>
      <Loaded page={page}>
        {() =>
          rows.length === 0 ? (
            <Empty title={t("home.noTeam")} />
          ) : (
            <DataTable<Row> label={t("home.blocks.team")} columns={columns} rows={rows} rowKey={({ id }) => id} />
          )
        }
      </Loaded>
    </Panel>
  );
}
