import { gql } from "@urql/core";
import { expect, test } from "vitest";
import { together } from "./client";
import { forgetField, newestOf } from "./stale";
import { bankOf } from "./testing";

const ROW = gql`query Row { task(id: "tas_1") { id version state } }`;
const DETAIL = gql`query Detail { task(id: "tas_1") { id version description } }`;
const LIST = gql`query List { tasks(first: 5) { nodes { id version state } } }`;
const ADD = gql`mutation Add { createTask { task { id version state } } }`;

const task = { __typename: "Task", id: "tas_1" };

const rules = () =>
  together(newestOf("Task"), {
    updates: { Mutation: { createTask: (_result, _args, cache) => forgetField(cache, "Query", "tasks") } },
  });

test("what older answers said of a row is asked for anew once a newer version is known", async () => {
  const { client, asked, given } = bankOf(rules(), {
    Detail: { task: { ...task, version: 1, description: "old" } },
    Row: { task: { ...task, version: 2, state: "COMPLETED" } },
  });
  await client.query(DETAIL, {}).toPromise();
  await client.query(ROW, {}, { requestPolicy: "network-only" }).toPromise();
  given.Detail = { task: { ...task, version: 2, description: "new" } };
  const { data } = await client.query(DETAIL, {}).toPromise();
  expect(data.task).toMatchObject({ version: 2, description: "new" });
  expect(asked).toEqual(["Detail", "Row", "Detail"]);
});

test("what came with the newest version, and what an old answer brings late, is kept", async () => {
  const { client, asked } = bankOf(rules(), {
    Row: { task: { ...task, version: 2, state: "COMPLETED" } },
    Detail: { task: { ...task, version: 2, description: "same" } },
  });
  await client.query(ROW, {}).toPromise();
  await client.query(DETAIL, {}).toPromise();
  await client.query(ROW, {}).toPromise();
  expect(asked).toEqual(["Row", "Detail"]);
});

test("a list is asked for anew after a command that a row may have entered it by", async () => {
  const { client, asked } = bankOf(rules(), {
    List: { tasks: { __typename: "TaskConnection", nodes: [] } },
    Add: { createTask: { __typename: "CreateTaskPayload", task: { ...task, version: 1, state: "OPEN" } } },
  });
  await client.query(LIST, {}).toPromise();
  await client.mutation(ADD, {}).toPromise();
  await client.query(LIST, {}).toPromise();
  expect(asked).toEqual(["List", "Add", "List"]);
});
