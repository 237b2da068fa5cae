import { Empty } from "@/ui/states";

export function CustomerTicketsTab(props: { customerId: string }) {
  return <Empty title={props.customerId} />;
}
