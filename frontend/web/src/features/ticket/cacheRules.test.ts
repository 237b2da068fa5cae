import { gql } from "@urql/core";
import { expect, test } from "vitest";
import { pipe, subscribe } from "wonka";
import { bankOf } from "@/graph/testing";
import { ticketRules } from "./cacheRules";

const VIEWER = gql`query Viewer { viewer { staff { id name } } }`;
const DETAIL = gql`
  query Detail {
    node(id: "tic_1") {
      id
      ... on Ticket {
        version
        state
        events(last: 100) { pageInfo { hasPreviousPage } nodes { id kind note staff { id name } } }
      }
    }
  }
`;
const COMMENT = gql`
  mutation Comment($input: CommentTicketInput!) {
    commentTicket(input: $input) {
      ticket { id version state events(last: 100) { pageInfo { hasPreviousPage } nodes { id kind note staff { id name } } } }
      errors { message }
    }
  }
`;
const LIST = gql`query List { tickets(first: 5) { nodes { id } } }`;
const FOLLOW = gql`subscription Follow { ticketQueue(branchId: "bra_1") { kind } }`;

const staff = { __typename: "Staff", id: "sta_1", name: "周峰" };
const opened = { __typename: "TicketEvent", id: "tev_1", kind: "OPENED", note: null, staff: null };

const pageInfo = { __typename: "PageInfo", hasPreviousPage: true };

function ticket(version: number, state: string, ...events: object[]) {
  return { __typename: "Ticket", id: "tic_1", version, state, events: { __typename: "TicketEventConnection", pageInfo, nodes: events } };
}

test("a note, and that a ticket waits for the customer, stand there before the bank has said so", async () => {
  let answer!: (data: object) => void;
  const bank = bankOf(ticketRules(), {
    Viewer: { viewer: { __typename: "Viewer", staff } },
    Detail: { node: ticket(1, "OPEN", opened) },
    Comment: new Promise<object>((resolve) => (answer = resolve)),
  });
  await bank.client.query(VIEWER, {}).toPromise();
  const shown: { state: string; events: string[] }[] = [];
  pipe(
    bank.client.query(DETAIL, {}),
    subscribe(({ data }) => {
      const events = data.node.events.nodes as { kind: string; note: string | null; staff: { name: string } | null }[];
      shown.push({ state: data.node.state, events: events.map(({ kind, note, staff: by }) => [kind, note, by?.name].join(" ")) });
    }),
  );
  await settled();
  const done = bank.client.mutation(COMMENT, { input: { id: "tic_1", note: "Called", waitsForCustomer: true } }).toPromise();
  await settled();
  expect(shown.at(-1)).toEqual({ state: "WAITING", events: ["OPENED  ", "WAITING Called 周峰"] });
  const waiting = { __typename: "TicketEvent", id: "tev_2", kind: "WAITING", note: "Called", staff };
  answer({ commentTicket: { __typename: "CommentTicketPayload", ticket: ticket(2, "WAITING", opened, waiting), errors: [] } });
  await done;
  await settled();
  expect(shown.at(-1)).toEqual({ state: "WAITING", events: ["OPENED  ", "WAITING Called 周峰"] });
  expect(bank.asked).toEqual(["Viewer", "Detail", "Comment"]);
});

test("what the queue tells of a change has lists asked for, what it tells at first has not", async () => {
  const bank = bankOf(ticketRules(), { List: { tickets: { __typename: "TicketConnection", nodes: [] } } });
  pipe(bank.client.query(LIST, {}), subscribe(() => undefined));
  pipe(bank.client.subscription(FOLLOW, {}), subscribe(() => undefined));
  await settled();
  bank.push("Follow", { ticketQueue: { __typename: "TicketQueueUpdate", kind: "PRESENT" } });
  await settled();
  expect(bank.asked).toEqual(["List", "Follow"]);
  bank.push("Follow", { ticketQueue: { __typename: "TicketQueueUpdate", kind: "CHANGED" } });
  await settled();
  expect(bank.asked).toEqual(["List", "Follow", "List"]);
});

function settled() {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
