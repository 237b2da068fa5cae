import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PriorityTag } from "@/features/priority";
import { type FragmentType, readFragment } from "@/graph";
import type { Column } from "@/ui/DataTable";
import { Deadline } from "@/ui/Deadline";
import { Instant, Nothing, Tag } from "@/ui/values";
import { TicketRow } from "./ticketFragments";
import { KIND_TONES, STATE_TONES } from "./ticketTones";

export type TicketOf = { id: string } & FragmentType<typeof TicketRow>;

/** The columns of a list of tickets, what they are about first. */
export function useTicketColumns(
  href: (id: string) => string,
  options: { ofOneCustomer: boolean },
): readonly Column<TicketOf>[] {
  const { t } = useTranslation();
  const { ofOneCustomer } = options;
  return useMemo(() => {
    const of = (row: TicketOf) => readFragment(TicketRow, row);
    const columns: (Column<TicketOf> | false)[] = [
      {
        key: "subject",
        title: t("ticket.subject"),
        render: (row) => (
          <>
            <Link to={href(row.id)}>{of(row).subject}</Link>
            <div className="items__detail">{of(row).ticketNo}</div>
          </>
        ),
      },
      {
        key: "kind",
        title: t("ticket.kind"),
        render: (row) => <Tag tone={KIND_TONES[of(row).kind]}>{t(`terms.TicketKind.${of(row).kind}`)}</Tag>,
      },
      { key: "priority", title: t("ticket.priority"), render: (row) => <PriorityTag priority={of(row).priority} /> },
      {
        key: "state",
        title: t("ticket.state"),
        render: (row) => (
          <span className="tags">
            <Tag tone={STATE_TONES[of(row).state]}>{t(`terms.TicketState.${of(row).state}`)}</Tag>
            {of(row).level > 0 && <Tag tone="danger">{t("ticket.level", { level: of(row).level })}</Tag>}
          </span>
        ),
      },
      {
        key: "dueAt",
        title: t("ticket.due"),
        sort: "DUE_AT",
        render: (row) => <Deadline at={of(row).dueAt} done={of(row).state === "CLOSED"} />,
      },
      !ofOneCustomer && {
        key: "customer",
        title: t("ticket.customer"),
        sort: "CUSTOMER_DISPLAY_NAME",
        render: (row) => {
          const { customer } = of(row);
          return customer ? <Link to={`/customers/${customer.id}`}>{customer.displayName}</Link> : <Nothing />;
        },
      },
      {
        key: "assignedTo",
        title: t("ticket.assignedTo"),
        render: (row) => {
          const { assignedTo, branch, state } = of(row);
          return (
            <>
              <div>{assignedTo?.name ?? (state === "CLOSED" ? <Nothing /> : <span className="muted">{t("ticket.nobody")}</span>)}</div>
              {branch && <div className="items__detail">{branch.name}</div>}
            </>
          );
        },
      },
      {
        key: "openedAt",
        title: t("ticket.openedAt"),
        sort: "OPENED_AT",
        render: (row) => <Instant value={of(row).openedAt} />,
      },
    ];
    return columns.filter((column) => column !== false);
  }, [t, href, ofOneCustomer]);
}
