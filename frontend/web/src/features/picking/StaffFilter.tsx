import { usePermission } from "@/session/ViewerContext";
import { useTyped } from "@/ui/LookupField";
import { LookupFilter } from "@/ui/LookupFilter";
import type { FilterProps } from "./FilterProps";
import { useColleague, useColleagues } from "./useColleagues";

/** Somebody who works for the bank, by whom a list is filtered. */
export function StaffFilter(props: FilterProps) {
  const [text, onSearch] = useTyped();
  const mayRead = usePermission("staff:read") !== null;
  const chosen = useColleague(props.value);
  const colleagues = useColleagues(text);
  if (!mayRead) return null;
  return <LookupFilter {...props} {...colleagues} chosen={chosen} onSearch={onSearch} />;
}
