import { Input, Tag } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { StaffFilter } from "@/features/picking";
import { graphql, usePage } from "@/graph";
import { usePermission } from "@/session/ViewerContext";
import { FilterSelect } from "@/ui/FilterSelect";
import type { ListState } from "@/ui/listState";
import { idOf, KINDS, PERIODS, USUAL_PERIOD } from "./accessLogWhere";

const SETTLED_AFTER_MS = 400;
/** What no action is written with: it would stand in the address, where a name must not. */
const NO_ACTION = /[^\w.:-]/g;

/** Which entries: since when, of what kind, what was done; and whose, or about whom, where the address says so. */
export function AccessLogFilters(props: { list: ListState }) {
  const { t } = useTranslation();
  const { list } = props;
  const reach = usePermission("access_log:read");
  const seesOthers = usePermission("staff:read") !== null && reach !== "OWN";
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
        ]}
      />
      <FilterSelect
        list={list}
        name="kind"
        label={t("accessLog.kind")}
        options={KINDS.map((value) => ({ value, label: t(`terms.EventKind.${value}`) }))}
      />
      <ActionFilter list={list} />
      {seesOthers ? (
        <StaffFilter
          label={t("accessLog.staff")}
          value={idOf("sta", list.filter("staff"))}
          onChange={(staffId) => list.setFilter("staff", staffId)}
        />
      ) : (
        <Named list={list} filter="staff" label={t("accessLog.staff")} />
      )}
      <Named list={list} filter="customer" label={t("accessLog.customer")} />
    </>
  );
}

/** What the action begins with; asked for when the typing rests. */
function ActionFilter(props: { list: ListState }) {
  const { t } = useTranslation();
  const { list } = props;
  const asked = list.filter("action") ?? "";
  const [typed, setTyped] = useState(asked);
  const [before, setBefore] = useState(asked);
  if (asked !== before) {
    setBefore(asked);
    setTyped(asked);
  }
  useEffect(() => {
    if (typed === asked) return;
    const timer = setTimeout(() => list.setFilter("action", typed || null), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed, asked, list]);
  return (
    <Input
      value={typed}
      onChange={(event) => setTyped(event.target.value.replaceAll(NO_ACTION, ""))}
      placeholder={t("accessLog.actionBegins")}
      aria-label={t("accessLog.actionBegins")}
      maxLength={60}
      allowClear
      style={{ width: 180 }}
    />
  );
}

const NamedQuery = graphql(`
  query AccessLogNamed($id: ID!) {
    node(id: $id) {
      id
      ... on Staff {
        name
      }
      ... on Customer {
        displayName
      }
    }
  }
`);

/** Whose entries, or about whom: by id in the address, by name on the screen, to be taken away. */
function Named(props: { list: ListState; filter: "staff" | "customer"; label: string }) {
  const { list, filter, label } = props;
  const id = idOf(filter === "staff" ? "sta" : "cus", list.filter(filter));
  const { data } = usePage(NamedQuery, { id: id ?? "" }, { pause: !id });
  if (!id) return null;
  const node = data?.node;
  const name = node?.id !== id ? id : node.__typename === "Staff" ? node.name : "displayName" in node ? node.displayName : id;
  return (
    <Tag closable onClose={() => list.setFilter(filter, null)}>
      {label}: {name}
    </Tag>
  );
}
