import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useViewer } from "@/session/ViewerContext";
import type { ListState } from "@/ui/listState";
import { isInbox, KINDS, PRIORITIES, STATES } from "./alertWhere";

/** Which alerts: whose, how far they have come, of what kind, how urgent. */
export function AlertFilters(props: { list: ListState }) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { list } = props;

  function filter(name: string, label: string, value: string, options: { value: string; label: string }[]) {
    return (
      <Select
        value={value}
        onChange={(chosen) => list.setFilter(name, chosen || null)}
        options={options}
        aria-label={label}
        popupMatchSelectWidth={false}
        style={{ minWidth: 120 }}
      />
    );
  }

  function all(label: string) {
    return { value: "", label: `${label}: ${t("ui.all")}` };
  }

  return (
    <>
      {viewer.staff &&
        filter("whose", t("alert.whose"), isInbox(list, viewer) ? "mine" : "all", [
          { value: "mine", label: t("alert.mine") },
          { value: "all", label: t("alert.everybody") },
        ])}
      {filter("state", t("alert.state"), list.filter("state") ?? "", [
        { value: "", label: t("alert.open") },
        ...STATES.map((value) => ({ value, label: t(`terms.AlertState.${value}`) })),
        { value: "any", label: t("alert.anyState") },
      ])}
      {filter("kind", t("alert.kind"), list.filter("kind") ?? "", [
        all(t("alert.kind")),
        ...KINDS.map((value) => ({ value, label: t(`terms.AlertKind.${value}`) })),
      ])}
      {filter("priority", t("alert.priority"), list.filter("priority") ?? "", [
        all(t("alert.priority")),
        ...PRIORITIES.map((value) => ({ value, label: t(`terms.Priority.${value}`) })),
      ])}
    </>
  );
}
