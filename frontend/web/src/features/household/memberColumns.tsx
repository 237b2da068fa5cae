import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { TierTag } from "@/features/tier";
import { type FragmentType, graphql, readFragment } from "@/graph";
import { useFormat } from "@/i18n/useFormat";
import { usePermission } from "@/session/ViewerContext";
import type { Column } from "@/ui/DataTable";
import { Money, Nothing, Tag } from "@/ui/values";
import "./household.css";

const HouseholdMemberRowFragment = graphql(`
  fragment HouseholdMemberRow on HouseholdMember {
    id
    role
    customer {
      id
      displayName
      customerNo
      tier {
        id
        ...TierTag
      }
      manager {
        id
        name
      }
      aum {
        amount
        currency
      }
      ... on Person {
        age
      }
    }
  }
`);

type MemberOf = { id: string } & FragmentType<typeof HouseholdMemberRowFragment>;

/** The columns of a household's members; the customer whose page it is bears no link. */
export function useMemberColumns(customerId: string, ratios: ReadonlyMap<string, number>): readonly Column<MemberOf>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const seesAum = usePermission("customer.aum:read") !== null;
  return useMemo(() => {
    const of = (row: MemberOf) => readFragment(HouseholdMemberRowFragment, row);
    return [
      {
        key: "name",
        title: t("household.member"),
        render: (row) => {
          const { customer } = of(row);
          if (!customer) return <Nothing />;
          if (customer.id === customerId) return customer.displayName;
          return <Link to={`/customers/${customer.id}?tab=household`}>{customer.displayName}</Link>;
        },
      },
      { key: "role", title: t("household.role"), render: (row) => <Tag>{t(`terms.HouseholdRole.${of(row).role}`)}</Tag> },
      {
        key: "age",
        title: t("household.age"),
        render: (row) => {
          const { customer } = of(row);
          return customer?.__typename === "Person" && customer.age != null ? t("customer.age", { count: customer.age }) : <Nothing />;
        },
      },
      {
        key: "tier",
        title: t("customer.tier"),
        render: (row) => {
          const tier = of(row).customer?.tier;
          return tier ? <TierTag tier={tier} /> : <Nothing />;
        },
      },
      {
        key: "aum",
        title: t("customer.aum"),
        number: true,
        render: (row) =>
          seesAum ? <Money value={of(row).customer?.aum} /> : <span className="muted">{t("customer.withheld")}</span>,
      },
      {
        key: "share",
        title: t("household.share"),
        render: (row) => {
          const ratio = ratios.get(row.id);
          if (ratio === undefined) return <Nothing />;
          return (
            <span className="share">
              <span className="share__bar" aria-hidden="true">
                <span className="share__filled" style={{ width: `${ratio * 100}%` }} />
              </span>
              <span className="share__words">{ratio > 0 && ratio < 0.005 ? `<${format.percent(0.01)}` : format.percent(ratio)}</span>
            </span>
          );
        },
      },
      {
        key: "manager",
        title: t("customer.list.manager"),
        render: (row) => of(row).customer?.manager?.name ?? <Nothing />,
      },
    ];
  }, [t, format, seesAum, customerId, ratios]);
}
