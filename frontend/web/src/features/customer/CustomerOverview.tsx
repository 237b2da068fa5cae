import { useTranslation } from "react-i18next";
import { ContactPoints } from "@/features/contact-point";
import { type FragmentType, graphql, readFragment } from "@/graph";
import { CustomerFacts } from "./CustomerFacts";
import { CustomerGlance } from "./CustomerGlance";

const CustomerOverviewFragment = graphql(`
  fragment CustomerOverview on Customer {
    id
    ...CustomerFacts
    ...ContactPoints
  }
`);

/** What one wants to know before a call: who they are and how to reach them, what is open, what happened lately. */
export function CustomerOverview(props: { customer: FragmentType<typeof CustomerOverviewFragment>; reload(): void }) {
  const { t } = useTranslation();
  const customer = readFragment(CustomerOverviewFragment, props.customer);
  return (
    <div className="columns columns--wide-first" aria-label={t("customer.tabs.overview")}>
      <div className="stack">
        <CustomerFacts customer={customer} />
        <ContactPoints customer={customer} onConflict={props.reload} />
      </div>
      <CustomerGlance customerId={customer.id} />
    </div>
  );
}
