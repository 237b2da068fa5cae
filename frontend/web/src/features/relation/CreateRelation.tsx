import { Form, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { CustomerField, useCustomerName } from "@/features/picking";
import { graphql } from "@/graph";
import type { RelationType } from "@/graph/generated/graphql";
import { CommandForm } from "@/ui/CommandForm";
import { ChoiceField } from "@/ui/fields";
import type { Customer } from "./customerOf";
import { declarable, isMutual, TYPES, type TypeName } from "./relationTypes";
import { useTieWords } from "./useTieWords";

const CreateRelationMutation = graphql(`
  mutation CreateRelation($input: CreateRelationInput!, $idempotencyKey: String) {
    createRelation(input: $input, idempotencyKey: $idempotencyKey) {
      relation {
        id
        version
        type
        fromCustomer {
          id
        }
        toCustomer {
          id
        }
      }
      errors {
        ...Problem
      }
    }
  }
`);

interface Values {
  toCustomerId: string;
  /** Which end of the relation the customer is that the form was opened for. */
  end: "from" | "to";
  type: TypeName;
}

type End = Values["end"];

/** Which way round a type can be between two of whom one is of that kind. */
function endsFor(kind: Customer["kind"], type: TypeName): End[] {
  const ends: End[] = isMutual(type) ? ["from"] : ["from", "to"];
  return ends.filter((end) => declarable(kind, end).includes(type));
}

/** One more relation of a customer: to whom, which, and which way round, said in words. */
export default function CreateRelation(props: { customer: Customer; onClose(): void }) {
  const { t } = useTranslation();
  const { customer } = props;
  return (
    <CommandForm
      title={t("relation.create.title", { name: customer.displayName })}
      submit={t("relation.create.open")}
      command={CreateRelationMutation}
      variables={({ toCustomerId: otherId, end: wanted, type }: Values) => {
        const ends = endsFor(customer.kind, type);
        const isFrom = (ends.includes(wanted) ? wanted : ends[0]) === "from";
        return {
          input: {
            type: type as RelationType,
            fromCustomerId: isFrom ? customer.id : otherId,
            toCustomerId: isFrom ? otherId : customer.id,
          },
        };
      }}
      explain={({ __typename: kind, path }) => {
        if (kind !== "InvalidInput") return null;
        return t(path?.at(-1) === "type" ? "relation.create.wrongType" : "relation.create.wrongCustomer");
      }}
      done={t("relation.create.done")}
      initialValues={{ end: "from" }}
      onClose={props.onClose}
    >
      <CustomerField name="toCustomerId" label={t("relation.create.other")} required />
      <ChoiceField
        name="type"
        label={t("relation.type")}
        required
        options={TYPES.filter((type) => endsFor(customer.kind, type).length > 0).map((value) => ({
          value,
          label: t(`terms.RelationType.${value}`),
        }))}
      />
      <Form.Item noStyle dependencies={["type", "toCustomerId"]}>
        {({ getFieldValue }) => (
          <Direction customer={customer} type={getFieldValue("type")} otherId={getFieldValue("toCustomerId")} />
        )}
      </Form.Item>
    </CommandForm>
  );
}

/** What the one will be to the other, in words; a choice where both ways round are possible. */
function Direction(props: { customer: Customer; type: TypeName | undefined; otherId: string | undefined }) {
  const { t } = useTranslation();
  const words = useTieWords();
  const { customer, type, otherId } = props;
  const otherName = useCustomerName(otherId);
  if (!type) return null;
  const other = { displayName: otherName ?? t("relation.create.theOther") };
  const ends = endsFor(customer.kind, type);
  const sentence = (end: End) =>
    words(end === "from" ? { type, from: customer, to: other } : { type, from: other, to: customer });
  if (ends.length === 1) return <p aria-live="polite">{ends.map(sentence)}</p>;
  return (
    <Form.Item name="end" label={t("relation.create.direction")}>
      <Radio.Group vertical options={ends.map((end) => ({ value: end, label: sentence(end) }))} />
    </Form.Item>
  );
}
