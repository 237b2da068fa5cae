import { ApartmentOutlined, BankOutlined, UserOutlined } from "@ant-design/icons";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { type FragmentType, graphql, readFragment } from "@/graph";
import { useFormat } from "@/i18n/useFormat";
import { usePermission } from "@/session/ViewerContext";
import { Money, Nothing, Tag } from "@/ui/values";
import { STATE_TONES } from "./customerTones";
import { TierTag } from "@/features/tier";

const CustomerActions = lazy(() => import("./CustomerActions"));

const CustomerHeaderFragment = graphql(`
  fragment CustomerHeader on Customer {
    id
    displayName
    customerNo
    kind
    state
    joinedOn
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
    tags(first: 12) {
      nodes {
        id
        tag {
          id
          name
        }
      }
    }
    doNotContacts(first: 1, where: { liftedAt: { isNull: true } }) {
      nodes {
        id
      }
    }
    aum {
      amount
      currency
    }
    ...CustomerActions
    ... on Person {
      sex
      age
    }
  }
`);

/** Who this is, at a glance: above every part of the 360. */
export function CustomerHeader(props: { customer: FragmentType<typeof CustomerHeaderFragment>; refreshing: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const customer = readFragment(CustomerHeaderFragment, props.customer);
  const seesAum = usePermission("customer.aum:read") !== null;
  const isPerson = customer.__typename === "Person";
  const facts = [
    t(`terms.CustomerKind.${customer.kind}`),
    isPerson && customer.sex ? t(`terms.Sex.${customer.sex}`) : null,
    isPerson && customer.age != null ? t("customer.age", { count: customer.age }) : null,
    t("customer.customerNo", { number: customer.customerNo }),
    customer.joinedOn ? t("customer.since", { date: format.date(customer.joinedOn) }) : null,
  ].filter(Boolean);
  return (
    <section className={props.refreshing ? "panel customer-header refreshing" : "panel customer-header"}>
      <div className="customer-header__who">
        <span className="customer-header__icon" aria-hidden="true">
          {isPerson ? <UserOutlined aria-hidden /> : <ApartmentOutlined aria-hidden />}
        </span>
        <div>
          <div className="customer-header__line">
            <h1 id="page-title" className="page__title">{customer.displayName}</h1>
            {customer.tier && <TierTag tier={customer.tier} />}
            <Tag tone={STATE_TONES[customer.state]}>{t(`terms.CustomerState.${customer.state}`)}</Tag>
            {(customer.doNotContacts?.nodes.length ?? 0) > 0 && <Tag tone="danger">{t("customer.doNotContact")}</Tag>}
          </div>
          <div className="muted">{facts.join(" · ")}</div>
          {(customer.tags?.nodes.length ?? 0) > 0 && (
            <div className="customer-header__tags">
              {customer.tags?.nodes.map(({ id, tag }) => tag && <Tag key={id}>{tag.name}</Tag>)}
            </div>
          )}
        </div>
      </div>
      <dl className="customer-header__figures">
        <div>
          <dt className="terms__term">{t("customer.aum")}</dt>
          <dd className="customer-header__figure">
            {seesAum ? <Money short value={customer.aum} /> : <span className="muted">{t("customer.withheld")}</span>}
          </dd>
        </div>
        <div>
          <dt className="terms__term">{t("customer.manager")}</dt>
          <dd>{customer.manager?.name ?? <Nothing />}</dd>
        </div>
        <div>
          <dt className="terms__term">{t("customer.branch")}</dt>
          <dd>
            <BankOutlined aria-hidden className="muted" /> {customer.branch?.name ?? <Nothing />}
          </dd>
        </div>
      </dl>
      <Suspense fallback={<div className="customer-header__actions customer-header__actions--waiting" />}>
        <CustomerActions customer={customer} />
      </Suspense>
    </section>
  );
}
