import { useTyped } from "@/ui/LookupField";
import { LookupFilter } from "@/ui/LookupFilter";
import type { FilterProps } from "./FilterProps";
import { useCustomerName } from "./useCustomerName";
import { useCustomersFound } from "./useCustomersFound";

/** A customer by whom a list is filtered: their id stands in the address, what was typed does not. */
export function CustomerFilter(props: FilterProps) {
  const [text, onSearch] = useTyped();
  const name = useCustomerName(props.value);
  // Out of sight they are called by what the address says.
  const chosen = props.value ? { value: props.value, label: name ?? props.value } : undefined;
  return <LookupFilter {...props} {...useCustomersFound(text)} chosen={chosen} onSearch={onSearch} />;
}
