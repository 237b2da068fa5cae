import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PriorityTag } from "@/features/priority";
import { type FragmentType, graphql, readFragment } from "@/graph";
import { usePermission } from "@/session/ViewerContext";
import type { Column } from "@/ui/DataTable";
import { Instant, Nothing, Tag } from "@/ui/values";
import { AcknowledgeButton } from "./AcknowledgeButton";
import { STATE_TONES } from "./alertTones";

const AlertRowFragment = graphql(`
  fragment AlertRow on Alert {
    id
    version
    kind
    priority
    state
    title
    raisedAt
    dueAt
    staff {
      id
      name
    }
    customer {
      id
      displayName
    }
    ...AcknowledgeButton
  }
`);

export type AlertOf = { id: string } & FragmentType<typeof AlertRowFragment>;

/** The columns of a list of alerts, what each says first. */
export function useAlertColumns(href: (id: string) => string): readonly Column<AlertOf>[] {
  const { t } = useTranslation();
  const mayHandle = usePermission("alert:handle") !== null;
  return useMemo(() => {
    const of = (row: AlertOf) => readFragment(AlertRowFragment, row);
    const actions: Column<AlertOf> = {
      key: "actions",
      title: t("alert.actions"),
      render: (row) => <AcknowledgeButton alert={of(row)} />,
    };
    return [
      { key: "title", title: t("alert.title"), render: (row) => (
          <Link to={href(row.id)} className={of(row).state === "NEW" ? "strong" : undefined}>
            {of(row).title}
          </Link>
        ) },
      { key: "kind", title: t("alert.kind"), sort: "KIND", render: (row) => t(`terms.AlertKind.${of(row).kind}`) },
      { key: "priority", title: t("alert.priority"), render: (row) => <PriorityTag priority={of(row).priority} /> },
      {
        key: "state",
        title: t("alert.state"),
        render: (row) => <Tag tone={STATE_TONES[of(row).state]}>{t(`terms.AlertState.${of(row).state}`)}</Tag>,
      },
      {
        key: "customer",
        title: t("alert.customer"),
        render: (row) => {
          const { customer } = of(row);
          return customer ? <Link to={`/customers/${customer.id}`}>{customer.displayName}</Link> : <Nothing />;
        },
      },
      { key: "staff", title: t("alert.staff"), render: (row) => of(row).staff?.name ?? <Nothing /> },
      {
        key: "raisedAt",
        title: t("alert.raisedAt"),
        sort: "RAISED_AT",
        render: (row) => <Instant value={of(row).raisedAt} short />,
      },
      { key: "dueAt", title: t("alert.dueAt"), sort: "DUE_AT", render: (row) => <Instant value={of(row).dueAt} short /> },
      ...(mayHandle ? [actions] : []),
    ];
  }, [t, href, mayHandle]);
}
