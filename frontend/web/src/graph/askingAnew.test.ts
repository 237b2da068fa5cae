import { gql } from "@urql/core";
import { expect, test } from "vitest";
import { pipe, subscribe } from "wonka";
import { bankOf } from "./testing";

const SHOWN = gql`query Shown { customer(id: "cus_1") { id displayName } }`;
const LEFT = gql`query Left { customer(id: "cus_2") { id displayName } }`;

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

test("after a break what is shown is asked for anew, and stays meanwhile", async () => {
  const bank = bankOf({}, {
    Shown: { customer: { __typename: "Person", id: "cus_1", displayName: "before" } },
    Left: { customer: { __typename: "Person", id: "cus_2", displayName: "another" } },
  });
  const names: (string | undefined)[] = [];
  pipe(bank.client.query(SHOWN, {}), subscribe(({ data }) => names.push(data?.customer.displayName)));
  pipe(bank.client.query(LEFT, {}), subscribe(() => undefined)).unsubscribe();
  await settled();
  bank.given.Shown = { customer: { __typename: "Person", id: "cus_1", displayName: "after" } };
  bank.resume();
  await settled();
  expect(bank.asked).toEqual(["Shown", "Left", "Shown"]);
  expect(names).toEqual(["before", "before", "after"]);
});
