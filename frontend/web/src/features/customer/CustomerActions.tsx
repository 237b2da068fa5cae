import { LogInteractionButton } from "@/features/interaction";
import { NewTaskButton } from "@/features/task";
import { NewTicketButton } from "@/features/ticket";
import { type FragmentType, graphql, readFragment } from "@/graph";
import { AssignManagerButton } from "./AssignManagerButton";

const CustomerActionsFragment = graphql(`
  fragment CustomerActions on Customer {
    id
    ...AssignManagerButton
  }
`);

/** What is begun about a customer, whichever part of them is looked at. */
export default function CustomerActions(props: { customer: FragmentType<typeof CustomerActionsFragment> }) {
  const customer = readFragment(CustomerActionsFragment, props.customer);
  return (
    <div className="customer-header__actions">
      <LogInteractionButton customerId={customer.id} />
      <NewTaskButton customerId={customer.id} />
      <NewTicketButton customerId={customer.id} />
      <AssignManagerButton customer={customer} />
    </div>
  );
}
