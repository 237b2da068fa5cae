import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type FragmentType, graphql, readFragment } from "@/graph";
import type { Column } from "@/ui/DataTable";
import { Day, Instant, Money, Nothing, Tag } from "@/ui/values";
import { STATE_TONES } from "./customerTones";
import { TierTag } from "@/features/tier";

const CustomerRowFragment = graphql(`
  fragment CustomerRow on Customer {
    id
    displayName
    customerNo
    kind
    state
    joinedOn
    updatedAt
    branch {
      id
      name
    }
    manager {
      id
      name
    }
    tier {
      id
      ...TierTag
    }
    aum {
      amount
      currency
    }
  }
`);

export type CustomerOf = { id: string } & FragmentType<typeof CustomerRowFragment>;

/** The columns of a list of customers, the name first. */
export function useCustomerColumns({ seesAum, isOwn }: { seesAum: boolean; isOwn: boolean }): readonly Column<CustomerOf>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const of = (row: CustomerOf) => readFragment(CustomerRowFragment, row);
    return [
      {
        key: "name",
        title: t("customer.list.name"),
        sort: "NAME_SORT_KEY",
        render: (row) => <Link to={`/customers/${row.id}`}>{of(row).displayName}</Link>,
      },
      {
        key: "customerNo",
        title: t("customer.list.customerNo"),
        sort: "CUSTOMER_NO",
        render: (row) => of(row).customerNo,
      },
      { key: "kind", title: t("customer.list.kind"), render: (row) => t(`terms.CustomerKind.${of(row).kind}`) },
      {
        key: "tier",
        title: t("customer.list.tier"),
        render: (row) => {
          const { tier } = of(row);
          return tier ? <TierTag tier={tier} /> : <Nothing />;
        },
      },
      {
        key: "aum",
        title: t("customer.list.aum"),
        number: true,
        ...(seesAum ? { sort: "AUM" } : { isExtra: true }),
        render: (row) => <Money short value={of(row).aum} />,
      },
      {
        key: "state",
        title: t("customer.list.state"),
        render: (row) => <Tag tone={STATE_TONES[of(row).state]}>{t(`terms.CustomerState.${of(row).state}`)}</Tag>,
      },
      {
        key: "branch",
        title: t("customer.list.branch"),
        sort: "BRANCH_NAME",
        // Of one's own customers they say the same in each row.
        isExtra: isOwn,
        render: (row) => <Name value={of(row).branch?.name} />,
      },
      {
        key: "manager",
        title: t("customer.list.manager"),
        sort: "MANAGER_NAME",
        isExtra: isOwn,
        render: (row) => <Name value={of(row).manager?.name} />,
      },
      {
        key: "joinedOn",
        title: t("customer.list.joinedOn"),
        sort: "JOINED_ON",
        render: (row) => <Day value={of(row).joinedOn} />,
      },
      {
        key: "updatedAt",
        title: t("customer.list.updatedAt"),
        sort: "UPDATED_AT",
        isExtra: true,
        render: (row) => <Instant value={of(row).updatedAt} />,
      },
    ];
  }, [t, seesAum, isOwn]);
}

function Name(props: { value: string | null | undefined }) {
  return props.value ? <span className="nowrap">{props.value}</span> : <Nothing />;
}
