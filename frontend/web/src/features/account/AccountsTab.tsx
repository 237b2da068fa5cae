import { Empty } from "@/ui/states";

export function AccountsTab(props: { customerId: string }) {
  return <Empty title={props.customerId} />;
}
