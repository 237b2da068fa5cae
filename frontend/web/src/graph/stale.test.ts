import { type Exchange, createClient, gql } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import type { OperationDefinitionNode } from "graphql";
import { expect, test } from "vitest";
import { filter, map, pipe } from "wonka";
import { together } from "./client";
import { forgetField, newestOf } from "./stale";

const ROW = gql`query Row { task(id: "tas_1") { id version state } }`;
const DETAIL = gql`query Detail { task(id: "tas_1") { id version description } }`;
const LIST = gql`query List { tasks(first: 5) { nodes { id version state } } }`;
const ADD = gql`mutation Add { createTask { task { id version state } } }`;

const task = { __typename: "Task", id: "tas_1" };

/** A client whose server answers each document with what stands in `server`; `asked` names those that it was asked. */
function bank(server: Record<string, object>) {
  const asked: string[] = [];
  const answer: Exchange = () => (operations) =>
    pipe(
      operations,
      filter(({ kind }) => kind !== "teardown"),
      map((operation) => {
        const name = (operation.query.definitions[0] as OperationDefinitionNode).name?.value ?? "";
        asked.push(name);
        return { operation, data: structuredClone(server[name]), stale: false, hasNext: false };
      }),
    );
  const rules = together(newestOf("Task"), {
    updates: { Mutation: { createTask: (_result, _args, cache) => forgetField(cache, "Query", "tasks") } },
  });
  const keys = { CreateTaskPayload: () => null };
  const client = createClient({ url: "/", preferGetMethod: false, exchanges: [cacheExchange({ keys, ...rules }), answer] });
  return { client, asked };
}

test("what older answers said of a row is asked for anew once a newer version is known", async () => {
  const server = {
    Detail: { task: { ...task, version: 1, description: "old" } },
    Row: { task: { ...task, version: 2, state: "COMPLETED" } },
  };
  const { client, asked } = bank(server);
  await client.query(DETAIL, {}).toPromise();
  await client.query(ROW, {}, { requestPolicy: "network-only" }).toPromise();
  server.Detail = { task: { ...task, version: 2, description: "new" } };
  const { data } = await client.query(DETAIL, {}).toPromise();
  expect(data.task).toMatchObject({ version: 2, description: "new" });
  expect(asked).toEqual(["Detail", "Row", "Detail"]);
});

test("what came with the newest version, and what an old answer brings late, is kept", async () => {
  const { client, asked } = bank({
    Row: { task: { ...task, version: 2, state: "COMPLETED" } },
    Detail: { task: { ...task, version: 2, description: "same" } },
  });
  await client.query(ROW, {}).toPromise();
  await client.query(DETAIL, {}).toPromise();
  await client.query(ROW, {}).toPromise();
  expect(asked).toEqual(["Row", "Detail"]);
});

test("a list is asked for anew after a command that a row may have entered it by", async () => {
  const { client, asked } = bank({
    List: { tasks: { __typename: "TaskConnection", nodes: [] } },
    Add: { createTask: { __typename: "CreateTaskPayload", task: { ...task, version: 1, state: "OPEN" } } },
  });
  await client.query(LIST, {}).toPromise();
  await client.mutation(ADD, {}).toPromise();
  await client.query(LIST, {}).toPromise();
  expect(asked).toEqual(["List", "Add", "List"]);
});
