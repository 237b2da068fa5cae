import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { ContactPointKind } from "@/graph/generated/graphql";

const LONGEST = 200;
const PHONE = /^\+?(?:[\s-]*\d){5,20}[\s-]*$/;

/** What a contact point of one kind is made of. */
export function ContactPointFields(props: { kind: ContactPointKind; required?: boolean; help?: string }) {
  const { t } = useTranslation();
  const { kind } = props;
  const rules = [
    ...(props.required ? [{ required: true, message: t("ui.required") }] : []),
    ...(kind === "EMAIL" ? [{ type: "email" as const, message: t("contactPoint.badEmail") }] : []),
    ...(kind === "PHONE" ? [{ pattern: PHONE, message: t("contactPoint.badPhone") }] : []),
    { max: LONGEST, message: t("ui.tooLong", { max: LONGEST }) },
  ];
  return (
    <>
      {kind === "ADDRESS" && (
        <>
          <Form.Item name="region" label={t("contactPoint.region")} rules={[{ max: 50 }]}>
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item name="district" label={t("contactPoint.district")} rules={[{ max: 50 }]}>
            <Input autoComplete="off" />
          </Form.Item>
        </>
      )}
      <Form.Item name="value" label={t(`contactPoint.value.${kind}`)} rules={rules} extra={props.help}>
        <Input autoComplete="off" inputMode={kind === "PHONE" ? "tel" : kind === "EMAIL" ? "email" : "text"} />
      </Form.Item>
    </>
  );
}
