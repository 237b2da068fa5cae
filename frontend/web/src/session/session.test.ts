import { afterEach, beforeEach, expect, test, vi } from "vitest";

type Answer = { status: number; body: object };

const GRANTED: Answer = { status: 200, body: { accessToken: "token", expiresIn: 600, idleSeconds: 3600 } };
const ENDED: Answer = { status: 401, body: { code: "SESSION_ENDED", message: "" } };

/** What the server is asked, and when it answers. */
let asked: { path: string; answer(answer: Answer): Promise<void> }[];

/** The tabs of one test; those of an earlier one hear nothing of it. */
let channels: Channel[];

class Channel {
  private readonly listeners: ((event: { data: unknown }) => void)[] = [];
  constructor(private readonly name: string) {
    channels.push(this);
  }
  addEventListener(_: "message", listener: (event: { data: unknown }) => void) {
    this.listeners.push(listener);
  }
  postMessage(data: unknown) {
    for (const other of channels) {
      if (other !== this && other.name === this.name) for (const listener of other.listeners) listener({ data });
    }
  }
}

beforeEach(() => {
  asked = [];
  channels = [];
  vi.stubGlobal("BroadcastChannel", Channel);
  vi.stubGlobal("fetch", (url: string) => {
    return new Promise<Response>((resolve) => {
      asked.push({
        path: url,
        answer: async ({ status, body }) => {
          resolve(new Response(JSON.stringify(body), { status }));
          await new Promise((settled) => setTimeout(settled, 5));
        },
      });
    });
  });
  vi.resetModules();
});
afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

async function page() {
  return import("./session");
}

function last(path: string) {
  const found = asked.findLast((each) => each.path === path);
  if (!found) throw new Error(`${path} was not asked`);
  return found;
}

test("a token that was on its way when the reader signed out signs nobody in", async () => {
  const session = await page();
  const resumed = session.resume();
  await vi.waitFor(() => last("/auth/refresh"));
  const left = session.signOut();
  await last("/auth/sign-out").answer({ status: 200, body: { ended: 1 } });
  await last("/auth/refresh").answer(GRANTED);
  await Promise.all([resumed, left]);
  expect(session.sessionState()).toBe("signedOut");
});

test("an old session that ends late does not end the one that was begun meanwhile", async () => {
  const session = await page();
  const resumed = session.resume();
  await vi.waitFor(() => last("/auth/refresh"));
  const left = session.signOut();
  await last("/auth/sign-out").answer({ status: 200, body: { ended: 1 } });
  const signedIn = session.signIn("sign-in", { username: "a", password: "b" });
  await last("/auth/sign-in").answer(GRANTED);
  await last("/auth/refresh").answer(ENDED);
  await Promise.all([resumed, left, signedIn]);
  expect(session.sessionState()).toBe("signedIn");
});

test("a server that cannot answer just now signs nobody out", async () => {
  const session = await page();
  const signedIn = session.signIn("sign-in", { username: "a", password: "b" });
  await last("/auth/sign-in").answer(GRANTED);
  await signedIn;
  session.distrust("token");
  const fresh = session.freshToken();
  await vi.waitFor(() => last("/auth/refresh"));
  const refused = expect(fresh).rejects.toThrow();
  await last("/auth/refresh").answer({ status: 503, body: { code: "UNAVAILABLE", message: "" } });
  await refused;
  expect(session.sessionState()).toBe("signedIn");
});

test("another tab's reader takes the place of the one who was signed in here", async () => {
  const session = await page();
  const signedIn = session.signIn("sign-in", { username: "a", password: "b" });
  await last("/auth/sign-in").answer(GRANTED);
  await signedIn;
  const states: string[] = [];
  session.watchSession(() => states.push(session.sessionState()));
  new Channel("ketu.session").postMessage("signedIn");
  await vi.waitFor(() => last("/auth/refresh"));
  await last("/auth/refresh").answer(GRANTED);
  expect(states).toEqual(["signedOut", "signedIn"]);
});
