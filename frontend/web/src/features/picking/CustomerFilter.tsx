import { graphql, usePage } from "@/graph";
import { useTyped } from "@/ui/LookupField";
import { LookupFilter } from "@/ui/LookupFilter";
import type { FilterProps } from "./FilterProps";
import { useCustomersFound } from "./useCustomersFound";

const CustomerNamedQuery = graphql(`
  query CustomerNamed($id: ID!) {
    customer(id: $id) {
      id
      displayName
    }
  }
`);

/** A customer by whom a list is filtered: their id stands in the address, what was typed does not. */
export function CustomerFilter(props: FilterProps) {
  const [text, onSearch] = useTyped();
  const { data } = usePage(CustomerNamedQuery, { id: props.value ?? "" }, { pause: !props.value });
  const named = data?.customer;
  // Out of sight they are called by what the address says.
  const chosen = props.value ? { value: props.value, label: named?.id === props.value ? named.displayName : props.value } : undefined;
  return <LookupFilter {...props} {...useCustomersFound(text)} chosen={chosen} onSearch={onSearch} />;
}
