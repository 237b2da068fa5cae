import { Button } from "antd";
import { type ComponentType, lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { type FragmentType, readFragment } from "@/graph";
import { usePermission } from "@/session/ViewerContext";
import { TicketRow } from "./ticketFragments";
import type { TicketInHand } from "./ticketInHand";
import { HIGHEST_LEVEL } from "./ticketTones";

type Act = "close" | "transfer" | "escalate" | "reopen";

const FORMS: Record<Act, ComponentType<TicketInHand>> = {
  close: lazy(async () => ({ default: (await import("./CloseTicket")).CloseTicket })),
  transfer: lazy(async () => ({ default: (await import("./TransferTicket")).TransferTicket })),
  escalate: lazy(async () => ({ default: (await import("./EscalateTicket")).EscalateTicket })),
  reopen: lazy(async () => ({ default: (await import("./ReopenTicket")).ReopenTicket })),
};

/** What the reader may do with a ticket as it is. */
export function TicketActions(props: { ticket: FragmentType<typeof TicketRow>; onConflict(): void }) {
  const { t } = useTranslation();
  const ticket = readFragment(TicketRow, props.ticket);
  const mayClose = usePermission("ticket:close") !== null;
  const mayTransfer = usePermission("ticket:transfer") !== null;
  const mayEscalate = usePermission("ticket:escalate") !== null;
  const [act, setAct] = useState<Act | null>(null);
  const acts: Act[] = [];
  if (ticket.state === "CLOSED") {
    if (mayClose) acts.push("reopen");
  } else {
    if (mayClose) acts.push("close");
    if (mayTransfer) acts.push("transfer");
    if (mayEscalate && ticket.level < HIGHEST_LEVEL) acts.push("escalate");
  }
  const TheForm = act && FORMS[act];
  return (
    <>
      {acts.length > 0 && (
        <div className="detail__actions">
          {acts.map((each) => (
            <Button key={each} type={each === "close" ? "primary" : "default"} onClick={() => setAct(each)}>
              {t(`ticket.${each}`)}
            </Button>
          ))}
        </div>
      )}
      {TheForm && (
        <Suspense fallback={null}>
          <TheForm ticket={ticket} onConflict={props.onConflict} onClose={() => setAct(null)} />
        </Suspense>
      )}
    </>
  );
}
