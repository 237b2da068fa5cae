import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import type { TicketsPerWeekQuery as Answer } from "@/graph/generated/graphql";
import { daysAfter, instantIn } from "@/i18n/zone";
import { useBank } from "@/session/BankContext";
import { PeriodBars } from "@/ui/PeriodBars";
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
  const { groups } = props;
  const kinds = useMemo(() => TICKET_KINDS.map((key) => ({ key, name: t(`terms.TicketKind.${key}`) })), [t]);
  const counts = useMemo(
    () => groups.map(({ key, count }) => ({ period: key.openedAt, kind: key.kind, count })),
    [groups],
  );
  return (
    <PeriodBars
      label={t("home.tickets.perWeekLabel")}
      unit={t("home.pieces")}
      kinds={kinds}
      periods={props.weeks}
      counts={counts}
      column={{
        title: t("home.tickets.week"),
        render: (week) => (
          <>
            <Day value={week} /> – <Day value={daysAfter(week, 6)} />
          </>
        ),
      }}
      controls={props.controls}
    />
  );
}
