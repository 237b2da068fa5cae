import { gql } from "@urql/core";
import { expect, test } from "vitest";
import { pipe, subscribe } from "wonka";
import type { UpdateKind } from "@/graph/generated/graphql";
import { bankOf } from "@/graph/testing";
import { alertRules } from "./cacheRules";

const LIST = gql`query List { alerts(first: 5) { nodes { id version state } } }`;
const OF_CUSTOMER = gql`query OfCustomer { customer(id: "cus_1") { id alerts(first: 5) { nodes { id version state } } } }`;
const ACKNOWLEDGE = gql`
  mutation Acknowledge($input: AcknowledgeAlertInput!) {
    acknowledgeAlert(input: $input) { alert { id version state customer { id } } errors { message } }
  }
`;
const FOLLOW = gql`subscription Follow { myAlerts { kind alerts(first: 5) { nodes { id version state } } } }`;

const alert = (id: string, version: number, state: string) => ({ __typename: "Alert", id, version, state });
const list = (...nodes: object[]) => ({ alerts: { __typename: "AlertConnection", nodes } });
const seen = {
  acknowledgeAlert: {
    __typename: "AcknowledgeAlertPayload",
    alert: { ...alert("alr_1", 2, "SEEN"), customer: { __typename: "Person", id: "cus_1" } },
    errors: [],
  },
};

function told(kind: UpdateKind, ...nodes: object[]) {
  return { myAlerts: { __typename: "MyAlertsUpdate", kind, alerts: { __typename: "AlertConnection", nodes } } };
}

function shown(bank: ReturnType<typeof bankOf>) {
  const states: string[][] = [];
  pipe(
    bank.client.query(LIST, {}),
    subscribe(({ data }) => data && states.push(data.alerts.nodes.map((node: { state: string }) => node.state))),
  );
  return states;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

test("an alert is read on the page before the bank has said so", async () => {
  let answer!: (data: object) => void;
  const bank = bankOf(alertRules(), {
    List: list(alert("alr_1", 1, "NEW")),
    Acknowledge: new Promise<object>((resolve) => (answer = resolve)),
  });
  const states = shown(bank);
  await settled();
  const done = bank.client.mutation(ACKNOWLEDGE, { input: { id: "alr_1" } }).toPromise();
  await settled();
  expect(states.at(-1)).toEqual(["SEEN"]);
  bank.given.List = list();
  answer(seen);
  await done;
  await settled();
  expect(states.at(-1)).toEqual([]);
});

test("and is new again where the bank refuses", async () => {
  const refused = { acknowledgeAlert: { __typename: "AcknowledgeAlertPayload", alert: null, errors: [{ __typename: "NotFound", message: "" }] } };
  const bank = bankOf(alertRules(), { List: list(alert("alr_1", 1, "NEW")), Acknowledge: refused });
  const states = shown(bank);
  await settled();
  await bank.client.mutation(ACKNOWLEDGE, { input: { id: "alr_1" } }).toPromise();
  await settled();
  expect(states.at(-1)).toEqual(["NEW"]);
  expect(bank.asked).toEqual(["List", "Acknowledge"]);
});

test("lists of the customer that it is about follow, too", async () => {
  const bank = bankOf(alertRules(), {
    OfCustomer: { customer: { __typename: "Person", id: "cus_1", ...list(alert("alr_1", 1, "NEW")) } },
    Acknowledge: seen,
  });
  await bank.client.query(OF_CUSTOMER, {}).toPromise();
  await bank.client.mutation(ACKNOWLEDGE, { input: { id: "alr_1" } }).toPromise();
  await bank.client.query(OF_CUSTOMER, {}).toPromise();
  expect(bank.asked).toEqual(["OfCustomer", "Acknowledge", "OfCustomer"]);
});

test("a new alert has lists asked for, what stood in the inbox at first has not", async () => {
  const bank = bankOf(alertRules(), { List: list(alert("alr_1", 1, "NEW")) });
  const states = shown(bank);
  pipe(bank.client.subscription(FOLLOW, {}), subscribe(() => undefined));
  await settled();
  bank.push("Follow", told("PRESENT", alert("alr_1", 1, "NEW")));
  await settled();
  expect(bank.asked).toEqual(["List", "Follow"]);
  bank.given.List = list(alert("alr_2", 1, "NEW"), alert("alr_1", 1, "NEW"));
  bank.push("Follow", told("CHANGED", alert("alr_2", 1, "NEW"), alert("alr_1", 1, "NEW")));
  await settled();
  expect(bank.asked).toEqual(["List", "Follow", "List"]);
  expect(states.at(-1)).toEqual(["NEW", "NEW"]);
});

test("what the page did itself is no news when the inbox tells of it", async () => {
  const bank = bankOf(alertRules(), { List: list(alert("alr_1", 1, "NEW")), Acknowledge: seen });
  shown(bank);
  pipe(bank.client.subscription(FOLLOW, {}), subscribe(() => undefined));
  await settled();
  bank.push("Follow", told("PRESENT", alert("alr_1", 1, "NEW")));
  bank.given.List = list(alert("alr_1", 2, "SEEN"));
  await bank.client.mutation(ACKNOWLEDGE, { input: { id: "alr_1" } }).toPromise();
  await settled();
  bank.push("Follow", told("CHANGED", alert("alr_1", 2, "SEEN")));
  await settled();
  expect(bank.asked).toEqual(["List", "Follow", "Acknowledge", "List"]);
});
