import { Select, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { type Found, withDetail } from "./LookupField";

/** A filter of a list by one of many, found by what is typed. `chosen` is the one that `value` is the id of, once it is known. */
export function LookupFilter(props: {
  label: string;
  value: string | null;
  chosen: Found | undefined;
  found: readonly Found[];
  loading: boolean;
  onSearch(typed: string): void;
  onChange(id: string | null): void;
}) {
  const { t } = useTranslation();
  const { label, chosen, found, loading } = props;
  const isElsewhere = chosen !== undefined && found.every(({ value }) => value !== chosen.value);
  const all: Found = { value: "", label: `${label}: ${t("ui.all")}` };
  return (
    <Select
      value={props.value ?? ""}
      onChange={(value) => props.onChange(value || null)}
      showSearch={{ filterOption: false, onSearch: props.onSearch }}
      loading={loading}
      notFoundContent={loading ? <Spin size="small" /> : t("ui.nothingFound")}
      options={[all, ...(isElsewhere ? [chosen] : []), ...found]}
      optionRender={({ data }) => withDetail({ data: data as Found })}
      aria-label={label}
      popupMatchSelectWidth={false}
      style={{ minWidth: 140, maxWidth: 260 }}
    />
  );
}
