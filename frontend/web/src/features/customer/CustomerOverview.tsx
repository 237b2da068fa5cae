import { useTranslation } from "react-i18next";
import { type FragmentType, graphql, readFragment } from "@/graph";
import { Panel } from "@/ui/Panel";
import { Day, Nothing, Terms } from "@/ui/values";

const CustomerOverviewFragment = graphql(`
  fragment CustomerOverview on Customer {
    id
    joinedOn
    backupManager {
      id
      name
    }
    ... on Person {
      birthOn
    }
    ... on Organisation {
      registeredOn
    }
  }
`);

export function CustomerOverview(props: { customer: FragmentType<typeof CustomerOverviewFragment> }) {
  const { t } = useTranslation();
  const customer = readFragment(CustomerOverviewFragment, props.customer);
  return (
    <Panel title={t("customer.tabs.overview")}>
      <Terms
        items={[
          customer.__typename === "Person"
            ? [t("customer.born"), <Day key="born" value={customer.birthOn} />]
            : [t("customer.registeredOn"), <Day key="registered" value={customer.registeredOn} />],
          [t("customer.backupManager"), customer.backupManager?.name ?? <Nothing />],
        ]}
      />
    </Panel>
  );
}
