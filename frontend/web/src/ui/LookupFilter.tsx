import { Select, Spin } from "antd";
import { useState } from "react";
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
  const [isTyping, setTyping] = useState(false);
  const isElsewhere = chosen !== undefined && found.every(({ value }) => value !== chosen.value);
  // Where something is typed, Enter takes what was found by it.
  const others: Found[] = isTyping ? [] : [{ value: "", label: `${label}: ${t("ui.all")}` }, ...(isElsewhere ? [chosen] : [])];
  return (
    <Select
      value={props.value ?? ""}
      onChange={(value) => props.onChange(value || null)}
      showSearch={{
        filterOption: false,
        onSearch: (typed) => {
          setTyping(typed.trim() !== "");
          props.onSearch(typed);
        },
      }}
      loading={loading}
      notFoundContent={loading ? <Spin size="small" /> : t("ui.nothingFound")}
      options={[...others, ...found]}
      optionRender={({ data }) => withDetail({ data: data as Found })}
      aria-label={label}
      popupMatchSelectWidth={false}
      style={{ minWidth: 140, maxWidth: 260 }}
    />
  );
}
