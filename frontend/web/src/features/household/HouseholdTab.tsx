import { Empty } from "@/ui/states";

export function HouseholdTab(props: { customerId: string }) {
  return <Empty title={props.customerId} />;
}
