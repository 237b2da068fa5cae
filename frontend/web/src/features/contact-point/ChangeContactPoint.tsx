import { Checkbox, Form } from "antd";
import { useTranslation } from "react-i18next";
import { graphql } from "@/graph";
import type { ContactPointFragment } from "@/graph/generated/graphql";
import { CommandForm } from "@/ui/CommandForm";
import { ContactPointFields } from "./ContactPointFields";

const ChangeContactPointMutation = graphql(`
  mutation ChangeContactPoint($input: ChangeContactPointInput!, $idempotencyKey: String) {
    changeContactPoint(input: $input, idempotencyKey: $idempotencyKey) {
      contactPoint {
        id
        ...ContactPoint
      }
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
  value?: string;
  region?: string;
  district?: string;
  isPrimary: boolean;
}

/** Another value for a contact point; what is on record stays hidden, and is kept where nothing is typed. */
export default function ChangeContactPoint(props: { point: ContactPointFragment; onConflict(): void; onClose(): void }) {
  const { t } = useTranslation();
  const { point } = props;
  const isAddress = point.kind === "ADDRESS";
  return (
    <CommandForm
      title={t("contactPoint.changeTitle")}
      command={ChangeContactPointMutation}
      version={point.version}
      variables={({ value, region, district, isPrimary }: Values, expectedVersion) => ({
        input: {
          id: point.id,
          expectedVersion,
          isPrimary,
          ...(value ? { value } : {}),
          ...(isAddress ? { region: region || null, district: district || null } : {}),
        },
      })}
      done={t("contactPoint.changed")}
      initialValues={{ isPrimary: point.isPrimary, region: point.region ?? "", district: point.district ?? "" }}
      onConflict={props.onConflict}
      onClose={props.onClose}
    >
      <ContactPointFields
        kind={point.kind}
        help={t("contactPoint.newValueHelp", { masked: point.valueMasked ?? t("ui.nothing") })}
      />
      <Form.Item name="isPrimary" valuePropName="checked">
        <Checkbox>{t("contactPoint.makePrimary")}</Checkbox>
      </Form.Item>
    </CommandForm>
  );
}
