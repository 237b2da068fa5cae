import { useTranslation } from "react-i18next";
import { PRIORITIES } from "@/features/priority";
import { useViewer } from "@/session/ViewerContext";
import { FilterSelect } from "@/ui/FilterSelect";
import type { ListState } from "@/ui/listState";
import { KINDS, STATES, usuallyWhose } from "./alertWhere";

/** Which alerts: whose, how far they have come, of what kind, how urgent. */
export function AlertFilters(props: { list: ListState }) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { list } = props;
  return (
    <>
      {viewer.staff && (
        <FilterSelect
          list={list}
          name="whose"
          label={t("alert.whose")}
          initial={usuallyWhose(viewer)}
          options={[
            { value: "mine", label: t("alert.mine") },
            { value: "all", label: t("alert.everybody") },
          ]}
        />
      )}
      <FilterSelect
        list={list}
        name="state"
        label={t("alert.state")}
        initial="open"
        options={[
          { value: "open", label: t("alert.open") },
          ...STATES.map((value) => ({ value, label: t(`terms.AlertState.${value}`) })),
          { value: "any", label: t("alert.anyState") },
        ]}
      />
      <FilterSelect
        list={list}
        name="kind"
        label={t("alert.kind")}
        options={KINDS.map((value) => ({ value, label: t(`terms.AlertKind.${value}`) }))}
      />
      <FilterSelect
        list={list}
        name="priority"
        label={t("alert.priority")}
        options={PRIORITIES.map((value) => ({ value, label: t(`terms.Priority.${value}`) }))}
      />
    </>
  );
}
