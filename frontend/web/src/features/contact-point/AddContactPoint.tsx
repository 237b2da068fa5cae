import { Checkbox, Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { graphql } from "@/graph";
import type { ContactPointKind } from "@/graph/generated/graphql";
import { CommandForm } from "@/ui/CommandForm";
import { ContactPointFields } from "./ContactPointFields";

const AddContactPointMutation = graphql(`
  mutation AddContactPoint($input: AddContactPointInput!, $idempotencyKey: String) {
    addContactPoint(input: $input, idempotencyKey: $idempotencyKey) {
      customer {
        id
        version
        ...ContactPoints
      }
      errors {
        ...Problem
      }
    }
  }
`);

interface Values {
  kind: ContactPointKind;
  value: string;
  region?: string;
  district?: string;
  isPrimary: boolean;
}

const KINDS = ["PHONE", "EMAIL", "ADDRESS"] as const;

/** One more way to reach a customer. */
export default function AddContactPoint(props: { customerId: string; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <CommandForm
      title={t("contactPoint.addTitle")}
      submit={t("contactPoint.add")}
      command={AddContactPointMutation}
      variables={({ region, district, ...values }: Values) => ({
        input: { ...values, region: region || null, district: district || null, customerId: props.customerId },
      })}
      done={t("contactPoint.added")}
      initialValues={{ kind: "PHONE", isPrimary: false }}
      onClose={props.onClose}
    >
      <Form.Item name="kind" label={t("contactPoint.kind")} rules={[{ required: true }]}>
        <Select options={KINDS.map((value) => ({ value, label: t(`terms.ContactPointKind.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={["kind"]}>
        {({ getFieldValue }) => <ContactPointFields kind={getFieldValue("kind")} required />}
      </Form.Item>
      <Form.Item name="isPrimary" valuePropName="checked">
        <Checkbox>{t("contactPoint.makePrimary")}</Checkbox>
      </Form.Item>
    </CommandForm>
  );
}
