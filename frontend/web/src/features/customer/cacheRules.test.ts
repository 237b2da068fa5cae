import { gql } from "@urql/core";
import { expect, test } from "vitest";
import { pipe, subscribe } from "wonka";
import type { UpdateKind } from "@/graph/generated/graphql";
import { bankOf } from "@/graph/testing";
import { customerRules } from "./cacheRules";

const SHOWN = gql`query Shown { customer(id: "cus_1") { id displayName } }`;
const FOLLOW = gql`subscription Follow { customerChanges(id: "cus_1") { kind customer { id } } }`;

const customer = (displayName: string) => ({ __typename: "Person", id: "cus_1", displayName });
const told = (kind: UpdateKind) => ({
  customerChanges: { __typename: "CustomerChangesUpdate", kind, customer: { __typename: "Person", id: "cus_1" } },
});
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

test("a customer who is changed elsewhere is asked for anew, and not when it is told at first how they are", async () => {
  const bank = bankOf(customerRules(), { Shown: { customer: customer("before") } });
  const names: (string | undefined)[] = [];
  pipe(bank.client.query(SHOWN, {}), subscribe(({ data }) => names.push(data?.customer.displayName)));
  pipe(bank.client.subscription(FOLLOW, {}), subscribe(() => undefined));
  await settled();
  bank.push("Follow", told("PRESENT"));
  await settled();
  expect(bank.asked).toEqual(["Shown", "Follow"]);
  bank.given.Shown = { customer: customer("after") };
  bank.push("Follow", told("CHANGED"));
  await settled();
  expect(bank.asked).toEqual(["Shown", "Follow", "Shown"]);
  expect(names.at(-1)).toBe("after");
});
