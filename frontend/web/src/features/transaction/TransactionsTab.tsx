import { Empty } from "@/ui/states";

export function TransactionsTab(props: { customerId: string }) {
  return <Empty title={props.customerId} />;
}
