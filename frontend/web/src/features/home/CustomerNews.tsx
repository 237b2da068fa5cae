import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { graphql, usePage } from "@/graph";
import { daysAfter } from "@/i18n/zone";
import { useBank } from "@/session/BankContext";
import { usePermission } from "@/session/ViewerContext";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { Day, Instant, Tag } from "@/ui/values";

const CustomerNewsQuery = graphql(`
  query CustomerNews($since: Date!, $withLifeEvents: Boolean!, $withTiers: Boolean!) {
    lifeEvents(where: { happensOn: { gte: $since } }, orderBy: [{ field: HAPPENS_ON, direction: DESC }], first: 4)
      @include(if: $withLifeEvents) {
      nodes {
        id
        kind
        happensOn
        customer {
          id
          displayName
        }
      }
    }
    customerTiers(
      where: { startsOn: { gte: $since }, endsOn: { isNull: true }, change: { in: [UPGRADE, DOWNGRADE] } }
      orderBy: [{ field: STARTS_ON, direction: DESC }]
      first: 4
    ) @include(if: $withTiers) {
      nodes {
        id
        change
        startsOn
        tier {
          id
          name
        }
        customer {
          id
          displayName
        }
      }
    }
    customers(orderBy: [{ field: UPDATED_AT, direction: DESC }], first: 4) {
      nodes {
        id
        displayName
        updatedAt
      }
    }
  }
`);

const DAYS = 90;

/** What is new with customers within reach: in their lives, in their tiers, in what is on record. */
export function CustomerNews() {
  const { t } = useTranslation();
  const bank = useBank();
  const withLifeEvents = usePermission("life_event:read") !== null;
  const withTiers = usePermission("customer_tier:read") !== null;
  const page = usePage(CustomerNewsQuery, { since: daysAfter(bank.businessDate, -DAYS), withLifeEvents, withTiers });
  return (
    <Panel title={t("home.blocks.news")} flush refreshing={page.refreshing}>
      <Loaded page={page} lines={8}>
        {({ lifeEvents, customerTiers, customers }) => {
          const lives = lifeEvents?.nodes ?? [];
          const tiers = customerTiers?.nodes ?? [];
          const updated = customers?.nodes ?? [];
          if (lives.length + tiers.length + updated.length === 0) return <Empty title={t("home.noNews")} />;
          return (
            <>
              <Group heading={t("home.lifeEvents")}>
                {lives.map(({ id, kind, happensOn, customer }) => (
                  <Line key={id} customer={customer} what={t(`terms.LifeEventKind.${kind}`)} when={<Day value={happensOn} />} />
                ))}
              </Group>
              <Group heading={t("home.tierChanges")}>
                {tiers.map(({ id, change, startsOn, tier, customer }) => (
                  <Line
                    key={id}
                    customer={customer}
                    what={
                      <Tag tone={change === "UPGRADE" ? "good" : "warning"}>
                        {change === "UPGRADE" ? "↑" : "↓"} {tier?.name}
                      </Tag>
                    }
                    when={<Day value={startsOn} />}
                  />
                ))}
              </Group>
              <Group heading={t("home.updated")}>
                {updated.map((customer) => (
                  <Line key={customer.id} customer={customer} when={<Instant short value={customer.updatedAt} />} />
                ))}
              </Group>
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

function Group(props: { heading: string; children: readonly ReactNode[] }) {
  if (props.children.length === 0) return null;
  return (
    <>
      <h3 className="home__heading">{props.heading}</h3>
      <ul className="items">{props.children}</ul>
    </>
  );
}

function Line(props: { customer: { id: string; displayName: string } | null | undefined; what?: ReactNode; when: ReactNode }) {
  const { customer } = props;
  return (
    <li className="items__item">
      <span className="items__main">
        {customer && <Link to={`/customers/${customer.id}`}>{customer.displayName}</Link>}
      </span>
      <span className="items__end">
        {props.what}
        <span className="muted">{props.when}</span>
      </span>
    </li>
  );
}
