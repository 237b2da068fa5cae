import { LookupField, useTyped } from "@/ui/LookupField";
import { useCustomersFound } from "./useCustomersFound";

/** A customer, found as the search of the page finds them. */
export function CustomerField(props: { name: string; label: string; required?: boolean; help?: string }) {
  const [text, onSearch] = useTyped();
  return <LookupField {...props} {...useCustomersFound(text)} onSearch={onSearch} />;
}
