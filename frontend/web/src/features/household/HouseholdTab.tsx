import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { useFormat } from "@/i18n/useFormat";
import { useBank } from "@/session/BankContext";
import { DataTable } from "@/ui/DataTable";
import { Panel } from "@/ui/Panel";
import { PartOnly } from "@/ui/PartOnly";
import { Empty, Loaded } from "@/ui/states";
import { Stat } from "@/ui/Stat";
import { Money, Nothing, Terms } from "@/ui/values";
import { useMemberColumns } from "./memberColumns";
import { sharesOf } from "./shares";

// What members share counts once in what they have together, and in full for each of them beside their names.
const CustomerHouseholdQuery = graphql(`
  query CustomerHousehold($id: ID!, $currency: String!) {
    customer(id: $id) {
      id
      household {
        id
        evidence
        confidenceRatio
        members(first: 20) {
          pageInfo {
            hasNextPage
          }
          nodes {
            id
            ...HouseholdMemberRow
            customer {
              id
              aum {
                amount
                currency
              }
            }
          }
        }
      }
    }
    together: accounts(
      first: 1
      where: {
        state: { ne: CLOSED }
        currency: { eq: $currency }
        holders: {
          some: { role: { eq: OWNER }, customer: { household: { members: { some: { customer: { id: { eq: $id } } } } } } }
        }
      }
    ) {
      totalCount
      aggregates {
        balance {
          currency
          sum
        }
      }
    }
    loansTogether: loans(
      first: 1
      where: {
        state: { in: [RUNNING, IN_ARREARS] }
        account: {
          holders: {
            some: { role: { eq: OWNER }, customer: { household: { members: { some: { customer: { id: { eq: $id } } } } } } }
          }
        }
      }
    ) {
      totalCount
    }
    openTickets: tickets(
      first: 1
      where: {
        state: { ne: CLOSED }
        customer: { household: { members: { some: { customer: { id: { eq: $id } } } } } }
      }
    ) {
      totalCount
    }
  }
`);

/** With whom a customer decides about money: the members, what they have together, and why they are thought a household. */
export function HouseholdTab(props: { customerId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { baseCurrency } = useBank();
  const page = usePage(CustomerHouseholdQuery, { id: props.customerId, currency: baseCurrency });
  const household = page.data?.customer?.household;
  // A member whom the reader may not see is not there, or nobody.
  const members = (household?.members?.nodes ?? []).filter(({ customer }) => customer !== null);
  const ratios = sharesOf(members.map(({ id, customer }) => ({ id, amount: customer?.aum?.amount ?? null })));
  const together = page.data?.together;
  const balance = together?.aggregates[0]?.balance[0];
  const columns = useMemberColumns(props.customerId, ratios);
  const counted = (count: string | null | undefined) => (count == null ? <Nothing /> : format.count(count));
  return (
    <Loaded page={page} lines={8}>
      {() =>
        household ? (
          <>
            <div className="stats">
              <Stat label={t("household.members")} value={format.count(members.length)} />
              <Stat label={t("household.aum")} value={<Money short value={balance && { amount: balance.sum, currency: balance.currency }} />} note={t("household.aumNote")} />
              <Stat label={t("household.accounts")} value={counted(together?.totalCount)} />
              <Stat label={t("household.loans")} value={counted(page.data?.loansTogether?.totalCount)} />
              <Stat label={t("household.tickets")} value={counted(page.data?.openTickets?.totalCount)} />
            </div>
            <Panel flush title={t("household.title")} refreshing={page.refreshing}>
              <DataTable label={t("household.title")} columns={columns} rows={members} rowKey={({ id }) => id} />
              <PartOnly of={household.members} />
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
