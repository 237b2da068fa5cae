import { Empty } from "@/ui/states";

export function RelationsTab(props: { customerId: string }) {
  return <Empty title={props.customerId} />;
}
