import { type Found, LookupField, useTyped } from "@/ui/LookupField";
import { useColleagues } from "./useColleagues";

/** Somebody who works for the bank, of those that the reader may see. */
export function StaffField(props: {
  name: string;
  label: string;
  required?: boolean;
  help?: string;
  initially?: Found | null;
}) {
  const [text, onSearch] = useTyped();
  return <LookupField {...props} {...useColleagues(text)} onSearch={onSearch} />;
}
