import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { CustomerFilter, StaffFilter } from "@/features/picking";
import { usePermission } from "@/session/ViewerContext";
import { FilterSelect } from "@/ui/FilterSelect";
import type { ListState } from "@/ui/listState";
import { actionChoices } from "./Action";
import { dayOf, idOf, KINDS, PERIODS, USUAL_PERIOD } from "./accessLogWhere";

/** Which entries: since when, of what kind, what was done, by whom and about whom. */
export function AccessLogFilters(props: { list: ListState }) {
  const { t } = useTranslation();
  const { list } = props;
  const seesOthers = usePermission("access_log:read") !== "OWN";
  return (
    <>
      <FilterSelect
        list={list}
        name="period"
        label={t("accessLog.period")}
        initial={USUAL_PERIOD}
        options={[
          ...PERIODS.map((value) => ({ value, label: t("accessLog.lastDays", { count: Number(value) }) })),
          { value: "all", label: t("accessLog.always") },
          { value: "dates", label: t("accessLog.dates") },
        ]}
      />
      {list.filter("period") === "dates" && (
        <>
          <DayFilter list={list} name="from" label={t("accessLog.from")} />
          <DayFilter list={list} name="to" label={t("accessLog.to")} />
        </>
      )}
      <FilterSelect
        list={list}
        name="kind"
        label={t("accessLog.kind")}
        options={KINDS.map((value) => ({ value, label: t(`terms.EventKind.${value}`) }))}
      />
      <FilterSelect list={list} name="action" label={t("accessLog.action")} isLong options={actionChoices(t)} />
      {(seesOthers || list.filter("staff")) && (
        <StaffFilter
          label={t("accessLog.staff")}
          value={idOf("sta", list.filter("staff"))}
          onChange={(staffId) => list.setFilter("staff", staffId)}
        />
      )}
      <CustomerFilter
        label={t("accessLog.customer")}
        value={idOf("cus", list.filter("customer"))}
        onChange={(customerId) => list.setFilter("customer", customerId)}
      />
    </>
  );
}

/** A day of the bank; the browser's own field, which every reader knows. */
function DayFilter(props: { list: ListState; name: "from" | "to"; label: string }) {
  const { list, name, label } = props;
  const asked = dayOf(list.filter(name)) ?? "";
  return (
    <Input
      key={asked}
      type="date"
      defaultValue={asked}
      // A day is asked for once it is whole: a year is there from its first digit on.
      onBlur={({ target }) => target.value !== asked && list.setFilter(name, dayOf(target.value))}
      onPressEnter={({ currentTarget }) => currentTarget.blur()}
      aria-label={label}
      title={label}
      style={{ width: 150 }}
    />
  );
}
