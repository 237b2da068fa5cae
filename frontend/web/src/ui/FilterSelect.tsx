import { Select } from "antd";
import { useTranslation } from "react-i18next";
import type { ListState } from "./listState";

/** A filter of a list, kept in its address under `name`. With `initial` that choice is made where the address has none. */
export function FilterSelect(props: {
  list: ListState;
  name: string;
  label: string;
  options: readonly { value: string; label: string }[];
  initial?: string;
  /** There are many: they are found by what is typed. */
  isLong?: boolean;
}) {
  const { t } = useTranslation();
  const { list, name, label, options, initial = "" } = props;
  return (
    <Select
      value={list.filter(name) ?? initial}
      onChange={(value: string) => list.setFilter(name, value === initial ? null : value)}
      options={[...(initial ? [] : [{ value: "", label: `${label}: ${t("ui.all")}` }]), ...options]}
      aria-label={label}
      {...(props.isLong ? { showSearch: { optionFilterProp: "label" } } : {})}
      popupMatchSelectWidth={false}
      style={{ minWidth: 112 }}
    />
  );
}
