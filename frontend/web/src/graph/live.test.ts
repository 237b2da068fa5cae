import { afterEach, beforeEach, expect, test, vi } from "vitest";
import documents from "./generated/persisted-documents.json";
import { Live } from "./live";

vi.mock("@/session/session", () => ({ freshToken: async () => "token", distrust: () => {} }));

interface Message {
  type: string;
  id?: string;
  payload?: { variables: Record<string, unknown> };
}

/** A socket as the browser has them, on whose other end a test is. */
class Socket {
  static opened: Socket[] = [];
  static CONNECTING = 0;
  static OPEN = 1;
  readyState = Socket.OPEN;
  sent: Message[] = [];
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number; reason: string; wasClean: boolean }) => void;
  onerror?: (event: unknown) => void;

  constructor() {
    Socket.opened.push(this);
    setTimeout(() => this.onopen?.());
  }

  send(text: string) {
    const message = JSON.parse(text) as Message;
    this.sent.push(message);
    if (message.type === "connection_init") this.tell({ type: "connection_ack" });
  }

  tell(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  close(code = 1000) {
    this.onclose?.({ code, reason: "", wasClean: true });
  }

  get subscribed(): Message {
    return this.subscriptions[0]!;
  }

  get subscriptions(): Message[] {
    return this.sent.filter(({ type }) => type === "subscribe");
  }

  answer(eventId: string, kind: string) {
    for (const { id } of this.subscriptions) this.tell({ type: "next", id, payload: { data: { myTasks: { eventId, kind } } } });
  }
}

let live: Live;
beforeEach(() => {
  Socket.opened = [];
  vi.stubGlobal("WebSocket", Socket);
  live = new Live();
});
afterEach(async () => {
  await live.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The kinds of the answers of a subscription, and its errors. */
function following() {
  const told: string[] = [];
  live.subscribe({ query: "subscription { myTasks { eventId kind } }", variables: {} } as never, {
    next: ({ data }) => told.push((data as { myTasks: { kind: string } }).myTasks.kind),
    error: () => told.push("error"),
    complete: () => told.push("complete"),
  });
  return told;
}

/** The socket of that number, once it was asked to tell of something. */
async function socket(number: number): Promise<Socket> {
  await vi.waitFor(() => {
    live.tryNow();
    expect(Socket.opened[number - 1]?.subscribed).toBeDefined();
  });
  return Socket.opened[number - 1]!;
}

test.each([1012, 4403, 1006])("after a break (%i) it goes on from what was seen last, and the bank says what has changed", async (code) => {
  const told = following();
  const first = await socket(1);
  expect(first.subscribed.payload?.variables).toEqual({});
  first.answer("1-a", "PRESENT");
  first.answer("2-b", "CHANGED");
  first.close(code);
  const second = await socket(2);
  expect(second.subscribed.payload?.variables).toEqual({ after: "2-b" });
  second.answer("3-b", "PRESENT");
  expect(told).toEqual(["PRESENT", "CHANGED", "PRESENT"]);
});

test("what was missed by somebody who had seen nothing yet is a gap", async () => {
  const told = following();
  (await socket(1)).close(1012);
  const second = await socket(2);
  expect(second.subscribed.payload?.variables).toEqual({});
  second.answer("1-a", "PRESENT");
  second.answer("2-b", "CHANGED");
  expect(told).toEqual(["GAP", "CHANGED"]);
});

test("so it is for what is first followed while the connection is lost", async () => {
  following();
  (await socket(1)).close(1012);
  expect(live.getState()).toBe("lost");
  const told = following();
  const second = await socket(2);
  await vi.waitFor(() => expect(second.subscriptions).toHaveLength(2));
  second.answer("1-a", "PRESENT");
  expect(told).toEqual(["GAP"]);
});

test("and where the bank was too busy to answer at first", async () => {
  vi.spyOn(Math, "random").mockReturnValue(-1);
  const told = following();
  const only = await socket(1);
  only.tell({ type: "error", id: only.subscribed.id, payload: [{ message: "", extensions: { code: "UNAVAILABLE" } }] });
  await vi.waitFor(() => expect(Socket.opened.flatMap(({ subscriptions }) => subscriptions)).toHaveLength(2));
  Socket.opened.at(-1)!.answer("1-a", "PRESENT");
  expect(told).toEqual(["GAP"]);
});

test("all that tell of changes can be gone on with", () => {
  const telling = Object.values(documents).filter((text) => /^subscription .*\bkind\b/s.test(text));
  expect(telling.length).toBeGreaterThan(4);
  expect(telling.filter((text) => !text.includes("$after: String") || !/\beventId\b/.test(text))).toEqual([]);
});
