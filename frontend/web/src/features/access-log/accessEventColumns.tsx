import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type FragmentType, graphql, readFragment } from "@/graph";
import type { AccessEventRowFragment as AccessEventRow } from "@/graph/generated/graphql";
import type { Column } from "@/ui/DataTable";
import { Instant, Nothing, Tag } from "@/ui/values";
import { Action } from "./Action";
import { NoStaff } from "./NoStaff";
import { KIND_TONES } from "./accessTones";

const AccessEventRowFragment = graphql(`
  fragment AccessEventRow on AccessEvent {
    id
    recordedAt
    kind
    action
    purpose
    staff {
      id
      name
      branch {
        id
        name
      }
    }
    customers(first: 3) {
      totalCount
      nodes {
        id
        displayName
      }
    }
  }
`);

export type AccessEventOf = { id: string } & FragmentType<typeof AccessEventRowFragment>;

/**
 * The columns of a list of entries of the access log, when first.
 *
 * withCustomers  whether the entries tell of different customers
 */
export function useAccessEventColumns(
  href: (id: string) => string,
  options: { withCustomers: boolean },
): readonly Column<AccessEventOf>[] {
  const { t } = useTranslation();
  const { withCustomers } = options;
  return useMemo(() => {
    const of = (row: AccessEventOf) => readFragment(AccessEventRowFragment, row);
    const columns: Column<AccessEventOf>[] = [
      {
        key: "recordedAt",
        title: t("accessLog.recordedAt"),
        render: (row) => (
          <Link to={href(row.id)}>
            <Instant value={of(row).recordedAt} seconds />
          </Link>
        ),
      },
      {
        key: "staff",
        title: t("accessLog.staff"),
        render: (row) => {
          const { staff } = of(row);
          if (!staff) return <NoStaff />;
          return (
            <Link to={`/access-log?staff=${staff.id}`} title={t("accessLog.onlyTheirs")}>
              {staff.name}
            </Link>
          );
        },
      },
      { key: "branch", title: t("accessLog.branch"), render: (row) => of(row).staff?.branch?.name ?? <Nothing /> },
      {
        key: "kind",
        title: t("accessLog.kind"),
        render: (row) => <Tag tone={KIND_TONES[of(row).kind]}>{t(`terms.EventKind.${of(row).kind}`)}</Tag>,
      },
      { key: "action", title: t("accessLog.action"), render: (row) => <Action value={of(row).action} /> },
      { key: "purpose", title: t("accessLog.purpose"), render: (row) => of(row).purpose ?? <Nothing /> },
    ];
    if (withCustomers) {
      columns.push({
        key: "customers",
        title: t("accessLog.customers"),
        render: (row) => <Customers event={of(row)} />,
      });
    }
    return columns;
  }, [t, href, withCustomers]);
}

function Customers(props: { event: AccessEventRow }) {
  const { t } = useTranslation();
  const { customers } = props.event;
  if (!customers?.nodes.length) return <Nothing />;
  const more = Number(customers.totalCount ?? customers.nodes.length) - customers.nodes.length;
  return (
    <span className="access-log__customers">
      {customers.nodes.map(({ id, displayName }) => (
        <Link key={id} to={`/customers/${id}`}>
          {displayName}
        </Link>
      ))}
      {more > 0 && <span className="muted">{t("accessLog.andMore", { count: more })}</span>}
    </span>
  );
}
