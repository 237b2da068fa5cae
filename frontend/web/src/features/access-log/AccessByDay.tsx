import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { graphql, usePage } from "@/graph";
import type { AccessByDayQuery as Answer, EventKind } from "@/graph/generated/graphql";
import { useFormat } from "@/i18n/useFormat";
import { daysAfter, instantIn } from "@/i18n/zone";
import { useBank } from "@/session/BankContext";
import { useTheme } from "@/theme/appearance";
import { Panel } from "@/ui/Panel";
import { PeriodBars } from "@/ui/PeriodBars";
import { Loaded } from "@/ui/states";
import { Day } from "@/ui/values";
import { KINDS } from "./accessLogWhere";

const AccessByDayQuery = graphql(`
  query AccessByDay($since: DateTime!) {
    accessLog(where: { recordedAt: { gte: $since } }, first: 1) {
      aggregates(groupBy: [{ field: RECORDED_AT, per: DAY }, { field: KIND }]) {
        key {
          recordedAt
          kind
        }
        count
      }
    }
  }
`);

const DAYS = 14;

/** Which of the series' colours; what was denied has that of danger, and no other kind a colour near it. */
const SERIES: Record<Exclude<EventKind, "DENIAL">, number> = { ACCESS: 0, REVEAL: 1, CHANGE: 2, POLICY: 3, SIGN_IN: 5 };

type Groups = NonNullable<Answer["accessLog"]>["aggregates"];

/** How much was seen, changed, tried within the last two weeks, day by day; by the clock, as the log itself. */
export function AccessByDay() {
  const { t } = useTranslation();
  const format = useFormat();
  const bank = useBank();
  const [now] = useState(() => new Date());
  const days = useMemo(() => {
    const today = format.dayOf(now);
    return Array.from({ length: DAYS }, (_, day) => daysAfter(today, day - DAYS + 1));
  }, [format, now]);
  const since = instantIn(days[0] ?? "", "00:00", bank.timeZone).toISOString();
  const page = usePage(AccessByDayQuery, { since });
  return (
    <Panel
      title={t("accessLog.byDay")}
      flush
      refreshing={page.refreshing}
      extra={<Link to="/access-log">{t("ui.viewAll")}</Link>}
    >
      <Loaded page={page}>{({ accessLog }) => <Drawn groups={accessLog?.aggregates ?? []} days={days} />}</Loaded>
    </Panel>
  );
}

function Drawn(props: { groups: Groups; days: readonly string[] }) {
  const { t } = useTranslation();
  const { palette } = useTheme();
  const { groups } = props;
  const kinds = useMemo(
    () =>
      KINDS.map((kind) => ({
        key: kind,
        name: t(`terms.EventKind.${kind}`),
        color: kind === "DENIAL" ? palette.danger : palette.series[SERIES[kind]],
      })),
    [palette, t],
  );
  const counts = useMemo(
    () => groups.map(({ key, count }) => ({ period: key.recordedAt, kind: key.kind, count })),
    [groups],
  );
  return (
    <PeriodBars
      label={t("accessLog.byDay")}
      unit={t("accessLog.entries")}
      kinds={kinds}
      periods={props.days}
      counts={counts}
      column={{ title: t("accessLog.day"), render: (day) => <Day value={day} /> }}
      newestFirst
    />
  );
}
