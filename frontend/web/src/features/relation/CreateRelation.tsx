import { Form, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { useQuery } from "urql";
import { CustomerField } from "@/features/picking";
import { graphql } from "@/graph";
import type { RelationType } from "@/graph/generated/graphql";
import { CommandForm } from "@/ui/CommandForm";
import { ChoiceField } from "@/ui/fields";
import type { Customer } from "./customerOf";
import { declarable, isMutual, type TypeName } from "./relationTypes";
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

const CustomerNameQuery = graphql(`
  query CustomerName($id: ID!) {
    customer(id: $id) {
      id
      displayName
    }
  }
`);

interface Values {
  toCustomerId: string;
  /** Which end of the relation the customer is that the form was opened for. */
  end: "from" | "to";
  type: TypeName;
}

/** One more relation of a customer: to whom, which, and which way round, said in words. */
export default function CreateRelation(props: { customer: Customer; onClose(): void }) {
  const { t } = useTranslation();
  const { customer } = props;
  const words = useTieWords();
  return (
    <CommandForm
      title={t("relation.create.title", { name: customer.displayName })}
      submit={t("relation.create.open")}
      command={CreateRelationMutation}
      variables={({ toCustomerId: otherId, end, type }: Values) => ({
        input: {
          type: type as RelationType,
          ...(end === "from"
            ? { fromCustomerId: customer.id, toCustomerId: otherId }
            : { fromCustomerId: otherId, toCustomerId: customer.id }),
        },
      })}
      explain={({ __typename: kind, path }) => {
        if (kind !== "InvalidInput") return null;
        return t(path?.at(-1) === "type" ? "relation.create.wrongType" : "relation.create.wrongCustomer");
      }}
      done={t("relation.create.done")}
      initialValues={{ end: "from" }}
      onClose={props.onClose}
    >
      <CustomerField name="toCustomerId" label={t("relation.create.other")} required />
      <Form.Item noStyle dependencies={["end"]}>
        {({ getFieldValue }) => (
          <ChoiceField
            name="type"
            label={t("relation.type")}
            required
            options={declarable(customer.kind, getFieldValue("end")).map((value) => ({
              value,
              label: t(`terms.RelationType.${value}`),
            }))}
          />
        )}
      </Form.Item>
      <Form.Item noStyle dependencies={["type", "toCustomerId"]}>
        {({ getFieldValue }) => {
          const type: TypeName | undefined = getFieldValue("type");
          return (
            <OtherName id={getFieldValue("toCustomerId")}>
              {(other) => (
                <Form.Item name="end" label={t("relation.create.direction")} hidden={!type || isMutual(type)}>
                  <Radio.Group
                    vertical
                    options={
                      type
                        ? [
                            { value: "from", label: words({ type, from: customer, to: other }) },
                            { value: "to", label: words({ type, from: other, to: customer }) },
                          ]
                        : []
                    }
                  />
                </Form.Item>
              )}
            </OtherName>
          );
        }}
      </Form.Item>
    </CommandForm>
  );
}

/** What the chosen customer is called; the search that found them has just told. */
function OtherName(props: { id: string | undefined; children: (other: { displayName: string }) => React.ReactNode }) {
  const { t } = useTranslation();
  const { id } = props;
  const [{ data }] = useQuery({
    query: CustomerNameQuery,
    variables: { id: id ?? "" },
    pause: !id,
    requestPolicy: "cache-first",
  });
  return props.children({ displayName: (id && data?.customer?.displayName) || t("relation.create.theOther") });
}
