import { Form, Select, Spin } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

const SETTLED_AFTER_MS = 200;

export interface Found {
  value: string;
  label: string;
  detail?: string | null | undefined;
}

interface Searching {
  found: readonly Found[];
  loading: boolean;
  /** Told what is typed; `useTyped` makes of it what is worth asking for. */
  onSearch(typed: string): void;
  /** What stands there at first, so that it has a name before anything is looked for. */
  initially?: Found | null | undefined;
}

/** What has been typed, as soon as the typing rests. */
export function useTyped(): [text: string, type: (typed: string) => void] {
  const [typed, setTyped] = useState("");
  const [text, setText] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return [text, setTyped];
}

/** One of many, found by what is typed; where nothing is, `found` may hold some to begin with. */
export function LookupField(
  props: { name: string; label: string; required?: boolean | undefined; help?: ReactNode } & Searching,
) {
  const { t } = useTranslation();
  const { name, label, help, required = false, ...searching } = props;
  return (
    <Form.Item name={name} label={label} extra={help} rules={[{ required, message: t("ui.required") }]}>
      <Lookup {...searching} />
    </Form.Item>
  );
}

function Lookup(props: { id?: string; value?: string; onChange?: (value: string | undefined) => void } & Searching) {
  const { t } = useTranslation();
  // What was chosen keeps its name when other things are looked for.
  const [taken, setTaken] = useState<Found | null>(null);
  const { found, loading } = props;
  const chosen = [taken, props.initially].find((each) => each?.value === props.value);
  const isElsewhere = chosen && found.every(({ value }) => value !== chosen.value);
  return (
    <Select
      {...(props.id ? { id: props.id } : {})}
      value={props.value ?? null}
      allowClear
      showSearch={{ filterOption: false, onSearch: props.onSearch }}
      placeholder={t("ui.search")}
      loading={loading}
      notFoundContent={loading ? <Spin size="small" /> : t("ui.nothingFound")}
      options={isElsewhere ? [...found, chosen] : [...found]}
      optionRender={withDetail}
      onChange={(value) => {
        setTaken(found.find((each) => each.value === value) ?? null);
        props.onChange?.(value ?? undefined);
      }}
    />
  );
}

/** One of them in the list that opens. */
export function withDetail({ data }: { data: Found }) {
  return (
    <>
      {data.label}
      {data.detail && <span className="muted"> · {data.detail}</span>}
    </>
  );
}
