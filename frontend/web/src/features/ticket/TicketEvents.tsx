import { useTranslation } from "react-i18next";
import type { TicketEventKind } from "@/graph/generated/graphql";
import { Timeline } from "@/ui/Timeline";
import { Instant } from "@/ui/values";
import { EVENT_TONES } from "./ticketTones";

interface TicketEvent {
  id: string;
  kind: TicketEventKind;
  happenedAt: string;
  note?: string | null;
  staff?: { name: string } | null;
  toStaff?: { name: string } | null;
  toBranch?: { name: string } | null;
}

/** What happened to a ticket (流转记录), oldest first; `openedBy` where no member of staff opened it. */
export function TicketEvents(props: { events: readonly TicketEvent[]; openedBy: string }) {
  const { t } = useTranslation();
  return (
    <Timeline
      label={t("ticket.events")}
      moments={props.events.map((event) => {
        const to = [event.toBranch?.name, event.toStaff?.name].filter(Boolean).join(" ");
        return {
          key: event.id,
          tone: EVENT_TONES[event.kind],
          title: (
            <>
              {t(`terms.TicketEventKind.${event.kind}`)}
              {to && ` → ${to}`}
            </>
          ),
          detail: (
            <>
              <Instant value={event.happenedAt} />
              <span>{event.staff?.name ?? (event.kind === "OPENED" ? props.openedBy : t("ticket.bySystem"))}</span>
            </>
          ),
          children: event.note && <p className="prose">{event.note}</p>,
        };
      })}
    />
  );
}
