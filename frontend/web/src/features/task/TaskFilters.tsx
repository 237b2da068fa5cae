import { useTranslation } from "react-i18next";
import { PRIORITIES } from "@/features/priority";
import { useViewer } from "@/session/ViewerContext";
import { FilterSelect } from "@/ui/FilterSelect";
import type { ListState } from "@/ui/listState";
import { PURPOSES } from "./taskTones";
import { usualWhose } from "./taskWhere";

const STATES = ["OPEN", "HANDED_BACK", "COMPLETED", "CANCELLED"] as const;
const DUE = ["overdue", "today", "week"] as const;

/** Which tasks: whose, how far they have come, what for, how soon. */
export function TaskFilters(props: { list: ListState }) {
  const { t } = useTranslation();
  const { list } = props;
  const viewer = useViewer();
  return (
    <>
      {viewer.staff && (
        <FilterSelect
          list={list}
          name="whose"
          label={t("task.whose")}
          initial={usualWhose(viewer)}
          options={(["mine", "given", "all"] as const).map((value) => ({ value, label: t(`task.whoseIs.${value}`) }))}
        />
      )}
      <FilterSelect
        list={list}
        name="state"
        label={t("task.state")}
        initial="todo"
        options={[
          { value: "todo", label: t("task.todo") },
          ...STATES.map((value) => ({ value, label: t(`terms.TaskState.${value}`) })),
          { value: "all", label: t("task.everyState") },
        ]}
      />
      <FilterSelect
        list={list}
        name="due"
        label={t("task.due")}
        options={DUE.map((value) => ({ value, label: t(`task.dueIs.${value}`) }))}
      />
      <FilterSelect
        list={list}
        name="purpose"
        label={t("task.purpose")}
        options={PURPOSES.map((value) => ({ value, label: t(`terms.TaskPurpose.${value}`) }))}
      />
      <FilterSelect
        list={list}
        name="priority"
        label={t("task.priority")}
        options={PRIORITIES.map((value) => ({ value, label: t(`terms.Priority.${value}`) }))}
      />
    </>
  );
}
