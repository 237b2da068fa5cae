import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { useFormat } from "@/i18n/useFormat";
import { DataTable } from "@/ui/DataTable";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { Stat } from "@/ui/Stat";
import { Money, Terms } from "@/ui/values";
import { useMemberColumns } from "./memberColumns";
import { sharesOf } from "./shares";

const CustomerHouseholdQuery = graphql(`
  query CustomerHousehold($id: ID!) {
    customer(id: $id) {
      id
      household {
        id
        evidence
        confidenceRatio
        members(first: 20) {
          totalCount
          nodes {
            id
            ...HouseholdMemberRow
            customer {
              id
              accounts(first: 1) {
                totalCount
                aggregates {
                  balance {
                    currency
                    sum
                  }
                }
              }
              loans(first: 1, where: { state: { in: [RUNNING, IN_ARREARS] } }) {
                totalCount
              }
              openTickets: tickets(first: 1, where: { state: { ne: CLOSED } }) {
                totalCount
              }
            }
          }
        }
      }
    }
  }
`);

/** With whom a customer decides about money: the members, what they have together, and why they are thought a household. */
export function HouseholdTab(props: { customerId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const page = usePage(CustomerHouseholdQuery, { id: props.customerId });
  const household = page.data?.customer?.household;
  // A member whom the reader may not see is not there, or nobody.
  const members = (household?.members?.nodes ?? []).filter(({ customer }) => customer !== null);
  const { total, ratios } = sharesOf(
    members.map(({ id, customer }) => ({ id, balances: customer?.accounts?.aggregates[0]?.balance ?? [] })),
  );
  const columns = useMemberColumns(props.customerId, ratios);
  const sum = (count: (customer: NonNullable<(typeof members)[number]["customer"]>) => string | null | undefined) =>
    members.reduce((before, { customer }) => before + Number((customer && count(customer)) ?? 0), 0);
  return (
    <Loaded page={page} lines={8}>
      {() =>
        household ? (
          <>
            <div className="stats">
              <Stat label={t("household.members")} value={format.count(members.length)} />
              <Stat label={t("household.aum")} value={<Money short value={total} />} note={t("household.aumNote")} />
              <Stat label={t("household.accounts")} value={format.count(sum(({ accounts }) => accounts?.totalCount))} />
              <Stat label={t("household.loans")} value={format.count(sum(({ loans }) => loans?.totalCount))} />
              <Stat label={t("household.tickets")} value={format.count(sum(({ openTickets }) => openTickets?.totalCount))} />
            </div>
            <Panel flush title={t("household.title")} refreshing={page.refreshing}>
              <DataTable label={t("household.title")} columns={columns} rows={members} rowKey={({ id }) => id} />
            </Panel>
            <Panel title={t("household.why")}>
              <Terms
                items={[
                  [
                    t("household.evidence"),
                    household.evidence.map((each) => t(`terms.RelationEvidence.${each}`)).join(t("household.comma")),
                  ],
                  [t("household.confidence"), format.percent(household.confidenceRatio)],
                ]}
              />
            </Panel>
          </>
        ) : (
          <Panel>
            <Empty title={t("household.none")} detail={t("household.noneDetail")} />
          </Panel>
        )
      }
    </Loaded>
  );
}
