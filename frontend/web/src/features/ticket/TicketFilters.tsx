import { useTranslation } from "react-i18next";
import { PRIORITIES } from "@/features/priority";
import { usePermission, useViewer } from "@/session/ViewerContext";
import { FilterSelect } from "@/ui/FilterSelect";
import type { ListState } from "@/ui/listState";
import { KINDS } from "./ticketTones";
import { firstWhose } from "./ticketWhere";

const STATES = ["OPEN", "WAITING", "CLOSED"] as const;

/** Which tickets: whose, how far they have come, what they are, how soon. */
export function TicketFilters(props: { list: ListState }) {
  const { t } = useTranslation();
  const { list } = props;
  const viewer = useViewer();
  const reach = usePermission("ticket:read");
  return (
    <>
      {viewer.staff && (
        <FilterSelect
          list={list}
          name="whose"
          label={t("ticket.whose")}
          initial={firstWhose(viewer, reach)}
          options={(["mine", "branch", "all"] as const).map((value) => ({ value, label: t(`ticket.whoseIs.${value}`) }))}
        />
      )}
      <FilterSelect
        list={list}
        name="state"
        label={t("ticket.state")}
        initial="open"
        options={[
          { value: "open", label: t("ticket.notClosed") },
          ...STATES.map((value) => ({ value, label: t(`terms.TicketState.${value}`) })),
          { value: "all", label: t("ticket.everyState") },
        ]}
      />
      <FilterSelect
        list={list}
        name="kind"
        label={t("ticket.kind")}
        options={KINDS.map((value) => ({ value, label: t(`terms.TicketKind.${value}`) }))}
      />
      <FilterSelect
        list={list}
        name="priority"
        label={t("ticket.priority")}
        options={PRIORITIES.map((value) => ({ value, label: t(`terms.Priority.${value}`) }))}
      />
      <FilterSelect list={list} name="due" label={t("ticket.due")} options={[{ value: "overdue", label: t("ticket.overdue") }]} />
    </>
  );
}
