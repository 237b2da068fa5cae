import { Form, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface FieldProps {
  /** As the input calls it, so that its problems come here. */
  name: string;
  label: string;
  required?: boolean;
  help?: ReactNode;
}

/** A line, or with `lines` several, of at most `max` characters. */
export function TextField(props: FieldProps & { max: number; lines?: number }) {
  const { t } = useTranslation();
  const { name, label, help, max, lines, required = false } = props;
  return (
    <Form.Item
      name={name}
      label={label}
      extra={help}
      rules={[
        { required, whitespace: required, message: t("ui.required") },
        { max, message: t("ui.tooLong", { max }) },
      ]}
    >
      {lines ? <Input.TextArea autoSize={{ minRows: lines, maxRows: 12 }} /> : <Input autoComplete="off" />}
    </Form.Item>
  );
}

/** One of a few. Without `required` it can be left open. */
export function ChoiceField<Value extends string | number>(
  props: FieldProps & { options: readonly { value: Value; label: string }[] },
) {
  const { t } = useTranslation();
  const { name, label, help, options, required = false } = props;
  return (
    <Form.Item name={name} label={label} extra={help} rules={[{ required, message: t("ui.required") }]}>
      <Select<Value> options={options as { value: Value; label: string }[]} allowClear={!required} />
    </Form.Item>
  );
}

/** A text as a command takes it: nothing where nothing was written. */
export function written(text: string | undefined): string | null {
  return text?.trim() || null;
}
