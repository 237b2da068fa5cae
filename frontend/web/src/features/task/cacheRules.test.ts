import { gql } from "@urql/core";
import { expect, test } from "vitest";
import { pipe, subscribe } from "wonka";
import type { UpdateKind } from "@/graph/generated/graphql";
import { bankOf } from "@/graph/testing";
import { taskRules } from "./cacheRules";

const LIST = gql`query List { tasks(first: 5) { nodes { id version title state } } }`;
const OF_CUSTOMER = gql`query OfCustomer { customer(id: "cus_1") { id tasks(first: 5) { nodes { id title } } } }`;
const COMPLETE = gql`
  mutation Complete($input: CompleteTaskInput!) {
    completeTask(input: $input) { task { id version state } errors { message } }
  }
`;
const CREATE = gql`
  mutation Create($input: CreateTaskInput!) {
    createTask(input: $input) { task { id version title state customer { id } } errors { message } }
  }
`;
const FOLLOW = gql`subscription Follow { myTasks { kind tasks(first: 5) { nodes { id version } } } }`;

const task = (version: number, state: string) => ({ __typename: "Task", id: "tas_1", version, title: "Call", state });
const list = (...nodes: object[]) => ({ tasks: { __typename: "TaskConnection", nodes } });
const completed = (answer: object | null, errors: object[] = []) => ({
  completeTask: { __typename: "CompleteTaskPayload", task: answer, errors },
});

function told(kind: UpdateKind, version: number) {
  const tasks = { __typename: "TaskConnection", nodes: [{ __typename: "Task", id: "tas_1", version }] };
  return { myTasks: { __typename: "MyTasksUpdate", kind, tasks } };
}

/** What a document shows, each time that it changes. */
function shown(bank: ReturnType<typeof bankOf>, query: typeof LIST) {
  const states: string[][] = [];
  pipe(
    bank.client.query(query, {}),
    subscribe(({ data }) => data && states.push(data.tasks.nodes.map((node: { state: string }) => node.state))),
  );
  return states;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

test("a task is completed on the page before the bank has said so", async () => {
  let answer!: (data: object) => void;
  const bank = bankOf(taskRules(), { List: list(task(1, "OPEN")), Complete: new Promise<object>((resolve) => (answer = resolve)) });
  const states = shown(bank, LIST);
  await settled();
  const done = bank.client.mutation(COMPLETE, { input: { id: "tas_1", expectedVersion: 1 } }).toPromise();
  await settled();
  expect(states.at(-1)).toEqual(["COMPLETED"]);
  bank.given.List = list();
  answer(completed(task(2, "COMPLETED")));
  await done;
  await settled();
  expect(states.at(-1)).toEqual([]);
});

test("and stands open again where the bank refuses", async () => {
  const refused = completed(null, [{ __typename: "Conflict", message: "" }]);
  const bank = bankOf(taskRules(), { List: list(task(1, "OPEN")), Complete: refused });
  const states = shown(bank, LIST);
  await settled();
  await bank.client.mutation(COMPLETE, { input: { id: "tas_1", expectedVersion: 1 } }).toPromise();
  await settled();
  expect(states.at(-1)).toEqual(["OPEN"]);
  expect(bank.asked).toEqual(["List", "Complete"]);
});

test("a new task enters the lists, and those of its customer", async () => {
  const created = { ...task(1, "OPEN"), customer: { __typename: "Person", id: "cus_1" } };
  const bank = bankOf(taskRules(), {
    List: list(),
    OfCustomer: { customer: { __typename: "Person", id: "cus_1", tasks: { __typename: "TaskConnection", nodes: [] } } },
    Create: { createTask: { __typename: "CreateTaskPayload", task: created, errors: [] } },
  });
  await bank.client.query(LIST, {}).toPromise();
  await bank.client.query(OF_CUSTOMER, {}).toPromise();
  await bank.client.mutation(CREATE, { input: { title: "Call", purpose: "CARE" } }).toPromise();
  await bank.client.query(LIST, {}).toPromise();
  await bank.client.query(OF_CUSTOMER, {}).toPromise();
  expect(bank.asked).toEqual(["List", "OfCustomer", "Create", "List", "OfCustomer"]);
});

test("what the bank pushes is asked for, but not what it tells at first", async () => {
  const bank = bankOf(taskRules(), { List: list(task(1, "OPEN")) });
  const states = shown(bank, LIST);
  pipe(bank.client.subscription(FOLLOW, {}), subscribe(() => undefined));
  await settled();
  bank.push("Follow", told("PRESENT", 1));
  await settled();
  expect(bank.asked).toEqual(["List", "Follow"]);
  bank.given.List = list(task(2, "HANDED_BACK"));
  bank.push("Follow", told("CHANGED", 2));
  await settled();
  expect(bank.asked).toEqual(["List", "Follow", "List"]);
  expect(states.at(-1)).toEqual(["HANDED_BACK"]);
});
