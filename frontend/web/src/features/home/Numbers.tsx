import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { useFormat } from "@/i18n/useFormat";
import { useBank } from "@/session/BankContext";
import { usePermission, useViewer } from "@/session/ViewerContext";
import { Stat } from "@/ui/Stat";
import { Loaded } from "@/ui/states";
import { Money } from "@/ui/values";
import { beginsAt } from "./businessDay";
import { sumIn } from "./figures";
import { useNow } from "./useNow";

const HomeNumbersQuery = graphql(`
  query HomeNumbers(
    $me: ID!
    $today: DateTime!
    $tomorrow: DateTime!
    $now: DateTime!
    $customers: CustomerWhere
    $withCustomers: Boolean!
    $withAum: Boolean!
    $withUnassigned: Boolean!
    $withTasks: Boolean!
    $withTickets: Boolean!
    $withAlerts: Boolean!
  ) {
    customers(where: $customers, first: 1) @include(if: $withCustomers) {
      aggregates {
        count
        aum @include(if: $withAum) {
          currency
          sum
        }
      }
    }
    unassigned: customers(where: { manager: null, state: { eq: ACTIVE } }, first: 1) @include(if: $withUnassigned) {
      aggregates {
        count
      }
    }
    dueTasks: tasks(
      where: { assignedTo: { id: { eq: $me } }, state: { eq: OPEN }, dueAt: { lt: $tomorrow } }
      first: 1
    ) @include(if: $withTasks) {
      aggregates {
        count
      }
    }
    overdueTasks: tasks(
      where: { assignedTo: { id: { eq: $me } }, state: { eq: OPEN }, dueAt: { lt: $today } }
      first: 1
    ) @include(if: $withTasks) {
      aggregates {
        count
      }
    }
    openTickets: tickets(where: { state: { ne: CLOSED } }, first: 1) @include(if: $withTickets) {
      aggregates {
        count
      }
    }
    overdueTickets: tickets(where: { state: { ne: CLOSED }, dueAt: { lt: $now } }, first: 1)
      @include(if: $withTickets) {
      aggregates {
        count
      }
    }
    viewer {
      alertBadge @include(if: $withAlerts) {
        id
        unread
      }
    }
  }
`);

/** How much there is, in the reader's portfolio or within their reach: one question, with what they may know. */
export function Numbers() {
  const { t } = useTranslation();
  const format = useFormat();
  const bank = useBank();
  const { staff } = useViewer();
  const reach = usePermission("customer:read");
  const isOwn = reach === "OWN" && staff !== null;
  const withCustomers = reach !== null;
  const withAum = usePermission("customer.aum:read") !== null;
  const withUnassigned = usePermission("customer:assign_manager") !== null;
  const withTasks = usePermission("task:complete") !== null && staff !== null;
  const withTickets = usePermission("ticket:read") !== null;
  const withAlerts = usePermission("alert:handle") !== null && staff !== null;
  const me = staff?.id ?? "";
  const { today, tomorrow } = beginsAt(bank);
  const now = useNow();
  const variables = useMemo(
    () => ({
      me,
      today,
      tomorrow,
      now,
      customers: isOwn ? { manager: { id: { eq: me } } } : null,
      withCustomers,
      withAum,
      withUnassigned,
      withTasks,
      withTickets,
      withAlerts,
    }),
    [me, today, tomorrow, now, isOwn, withCustomers, withAum, withUnassigned, withTasks, withTickets, withAlerts],
  );
  const page = usePage(HomeNumbersQuery, variables);

  const tasksOverdue = (count: string | undefined) =>
    Number(count) > 0 ? t("home.overdue", { shown: format.count(count ?? 0) }) : t("home.noneOverdue");
  const ticketsOverdue = (count: string | undefined) =>
    Number(count) > 0 ? t("home.ticketsOverdue", { shown: format.count(count ?? 0) }) : t("home.noTicketsOverdue");

  return (
    <Loaded page={page} lines={2}>
      {(data) => {
        const customers = data.customers?.aggregates[0]?.count;
        const aum = sumIn(bank.baseCurrency, data.customers?.aggregates[0]?.aum);
        const unassigned = data.unassigned?.aggregates[0]?.count;
        const dueTasks = data.dueTasks?.aggregates[0]?.count;
        const overdueTasks = data.overdueTasks?.aggregates[0]?.count;
        const openTickets = data.openTickets?.aggregates[0]?.count;
        const overdueTickets = data.overdueTickets?.aggregates[0]?.count;
        return (
          <section className={page.refreshing ? "stats refreshing" : "stats"} aria-label={t("home.blocks.numbers")}>
            {customers !== undefined && (
              <Stat
                label={t(isOwn ? "home.myCustomers" : "home.customers")}
                value={format.count(customers)}
                note={unassigned !== undefined && t("home.unassigned", { shown: format.count(unassigned) })}
                to={isOwn ? "/customers?portfolio=mine" : "/customers"}
              />
            )}
            {aum !== undefined && (
              <Stat
                label={t("home.aum")}
                value={<Money short value={{ amount: aum, currency: bank.baseCurrency }} />}
                to={isOwn ? "/customers?portfolio=mine&sort=AUM.DESC" : "/customers?sort=AUM.DESC"}
              />
            )}
            {dueTasks !== undefined && (
              <Stat
                label={t("home.dueTasks")}
                value={format.count(dueTasks)}
                note={tasksOverdue(overdueTasks)}
                alarming={Number(overdueTasks) > 0}
                to={Number(overdueTasks) > 0 ? "/tasks?due=overdue" : "/tasks?due=today"}
              />
            )}
            {openTickets !== undefined && (
              <Stat
                label={t("home.openTickets")}
                value={format.count(openTickets)}
                note={ticketsOverdue(overdueTickets)}
                alarming={Number(overdueTickets) > 0}
                to={Number(overdueTickets) > 0 ? "/tickets?whose=all&due=overdue" : "/tickets?whose=all"}
              />
            )}
            {data.viewer.alertBadge && (
              <Stat label={t("home.unreadAlerts")} value={format.count(data.viewer.alertBadge.unread)} to="/alerts?state=NEW" />
            )}
          </section>
        );
      }}
    </Loaded>
  );
}
