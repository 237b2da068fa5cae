import { Empty } from "@/ui/states";

export function CustomerTasksTab(props: { customerId: string }) {
  return <Empty title={props.customerId} />;
}
