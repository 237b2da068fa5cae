import { gql } from "@urql/core";
import { expect, test } from "vitest";
import { bankOf } from "@/graph/testing";
import { relationRules } from "./cacheRules";

const AROUND = gql`
  query Around {
    customers(first: 1) {
      nodes {
        id
        relations(first: 50) {
          nodes { id type fromCustomer { id } toCustomer { id } }
        }
      }
    }
  }
`;
const COUNT = gql`
  query Count {
    customer(id: "cus_2") { id relations(first: 1) { totalCount } }
  }
`;
const END = gql`
  mutation End($input: EndRelationInput!) {
    endRelation(input: $input) { customer { id } errors { __typename } }
  }
`;
const CREATE = gql`
  mutation Create {
    createRelation { relation { id type fromCustomer { id } toCustomer { id } } errors { __typename } }
  }
`;

const person = (id: string) => ({ __typename: "Person", id });
const relation = (id: string, type: string, from: string, to: string) => ({
  __typename: "Relation",
  id,
  type,
  fromCustomer: person(from),
  toCustomer: person(to),
});
const around = (...nodes: object[]) => ({
  customers: {
    __typename: "CustomerConnection",
    nodes: [{ ...person("cus_1"), relations: { __typename: "RelationConnection", nodes } }],
  },
});
const FAMILY = around(
  relation("rel_1", "CHILD", "cus_1", "cus_2"),
  relation("rel_2", "PARENT", "cus_2", "cus_1"),
  relation("rel_3", "GUARANTOR", "cus_1", "cus_2"),
);

async function shown(client: ReturnType<typeof bankOf>["client"]): Promise<string[]> {
  const { data } = await client.query(AROUND, {}).toPromise();
  return data.customers.nodes[0].relations.nodes.map(({ id }: { id: string }) => id);
}

test("how many a customer has is asked for anew", async () => {
  const counted = (totalCount: string) => ({
    customer: { ...person("cus_2"), relations: { __typename: "RelationConnection", totalCount } },
  });
  const { client, asked, given } = bankOf(relationRules(), {
    Around: FAMILY,
    Count: counted("3"),
    End: { endRelation: { __typename: "EndRelationPayload", customer: person("cus_1"), errors: [] } },
  });
  await shown(client);
  await client.query(COUNT, {}).toPromise();
  given.Count = counted("1");
  await client.mutation(END, { input: { id: "rel_1", expectedVersion: 1 } }).toPromise();
  const { data } = await client.query(COUNT, {}).toPromise();
  expect(data.customer.relations.totalCount).toBe("1");
  expect(asked).toEqual(["Around", "Count", "End", "Count"]);
});

test("a relation that is ended is gone, with the row that says the same from the other end", async () => {
  const { client, asked } = bankOf(relationRules(), {
    Around: FAMILY,
    End: { endRelation: { __typename: "EndRelationPayload", customer: person("cus_1"), errors: [] } },
  });
  await shown(client);
  await client.mutation(END, { input: { id: "rel_1", expectedVersion: 1 } }).toPromise();
  expect(await shown(client)).toEqual(["rel_3"]);
  expect(asked).toEqual(["Around", "End"]);
});

test("it is gone before the bank has answered, and back where the bank refuses", async () => {
  const refusal = { endRelation: { __typename: "EndRelationPayload", customer: null, errors: [{ __typename: "Conflict" }] } };
  const late = new Promise<object>((resolve) => {
    setTimeout(() => resolve(refusal), 20);
  });
  const { client } = bankOf(relationRules(), { Around: FAMILY, End: late });
  await shown(client);
  const ended = client.mutation(END, { input: { id: "rel_1", expectedVersion: 1 } }).toPromise();
  expect(await shown(client)).toEqual(["rel_3"]);
  await ended;
  expect(await shown(client)).toEqual(["rel_1", "rel_2", "rel_3"]);
});

test("the relations of both ends are asked for anew when one is opened between them", async () => {
  const { client, asked } = bankOf(relationRules(), {
    Around: FAMILY,
    Create: {
      createRelation: {
        __typename: "CreateRelationPayload",
        relation: relation("rel_4", "REFERRER", "cus_2", "cus_1"),
        errors: [],
      },
    },
  });
  await shown(client);
  await client.mutation(CREATE, {}).toPromise();
  await shown(client);
  expect(asked).toEqual(["Around", "Create", "Around"]);
});
