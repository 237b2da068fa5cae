import { Empty } from "@/ui/states";

export function InteractionsTab(props: { customerId: string }) {
  return <Empty title={props.customerId} />;
}
