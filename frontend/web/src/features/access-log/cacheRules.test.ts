import { gql } from "@urql/core";
import { expect, test } from "vitest";
import { pipe, subscribe } from "wonka";
import type { UpdateKind } from "@/graph/generated/graphql";
import { bankOf } from "@/graph/testing";
import { accessAlertRules } from "./cacheRules";

const LIST = gql`query List { accessAlerts(first: 5) { nodes { id version state } } }`;
const CLOSE = gql`
  mutation Close($input: CloseAccessAlertInput!) {
    closeAccessAlert(input: $input) { alert { id version state } errors { message } }
  }
`;
const FOLLOW = gql`subscription Follow { accessAlertInbox { kind } }`;

const alert = (version: number, state: string) => ({ __typename: "AccessAlert", id: "acl_1", version, state });
const list = (...nodes: object[]) => ({ accessAlerts: { __typename: "AccessAlertConnection", nodes } });
const told = (kind: UpdateKind) => ({ accessAlertInbox: { __typename: "AccessAlertInboxUpdate", kind } });
const closed = (answer: object | null, errors: object[] = []) => ({
  closeAccessAlert: { __typename: "CloseAccessAlertPayload", alert: answer, errors },
});
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

test("an alert that is closed leaves the lists, one whose closing was refused stays", async () => {
  const bank = bankOf(accessAlertRules(), {
    List: list(alert(1, "OPEN")),
    Close: closed(null, [{ __typename: "Conflict", message: "" }]),
  });
  pipe(bank.client.query(LIST, {}), subscribe(() => undefined));
  await settled();
  await bank.client.mutation(CLOSE, { input: { id: "acl_1" } }).toPromise();
  await settled();
  expect(bank.asked).toEqual(["List", "Close"]);
  bank.given.Close = closed(alert(2, "CLOSED"));
  await bank.client.mutation(CLOSE, { input: { id: "acl_1" } }).toPromise();
  await settled();
  expect(bank.asked).toEqual(["List", "Close", "Close", "List"]);
});

test("what the inbox tells after its first answer has lists asked for", async () => {
  const bank = bankOf(accessAlertRules(), { List: list() });
  pipe(bank.client.query(LIST, {}), subscribe(() => undefined));
  pipe(bank.client.subscription(FOLLOW, {}), subscribe(() => undefined));
  await settled();
  bank.push("Follow", told("PRESENT"));
  await settled();
  expect(bank.asked).toEqual(["List", "Follow"]);
  bank.push("Follow", told("CHANGED"));
  await settled();
  expect(bank.asked).toEqual(["List", "Follow", "List"]);
});
