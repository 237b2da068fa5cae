import { ignoreIdleness, watchIdleness } from "./idleness";

/**
 * Who is signed in. The access token lives in this module alone, in memory; the refresh token in a cookie that no script
 * reads. Nothing of either is stored.
 */

export type SessionState = "unknown" | "signedOut" | "signedIn";

/** What `/auth` refuses with: its code, and its words for developers. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
  }
}

interface Granted {
  accessToken: string;
  expiresIn: number;
  idleSeconds: number;
}

const RENEW_BEFORE_MS = 60_000;
const LOCK = "ketu.refresh";
/** Left behind by a sign-out that the server could not be told of: the cookie may still open the session. */
const LEFT_OPEN = "ketu.leftOpen";

let state: SessionState = "unknown";
let token: { text: string; expiresAt: number } | null = null;
let renewing: Promise<string | null> | null = null;
/** How many sessions have ended here: what was asked for in one of them is not taken in the next. */
let ended = 0;
const watchers = new Set<() => void>();
const tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("ketu.session");

tabs?.addEventListener("message", (event) => {
  if (event.data === "signedOut") end();
  if (event.data !== "signedIn" || state === "unknown") return;
  // The cookie is that of whoever has signed in there: nothing that was shown here may go on under it.
  if (state === "signedIn") end();
  void resume();
});

export function sessionState(): SessionState {
  return state;
}

export function watchSession(notify: () => void): () => void {
  watchers.add(notify);
  return () => watchers.delete(notify);
}

/** A token that is good for a while yet; null, and signed out, where the session has ended. Raises what fetch does. */
export async function freshToken(): Promise<string | null> {
  if (token && token.expiresAt - Date.now() > RENEW_BEFORE_MS) return token.text;
  renewing ??= renew().finally(() => {
    renewing = null;
  });
  return renewing;
}

/** Forget a token that the server did not take; the next one is asked for. */
export function distrust(refused: string): void {
  if (token?.text === refused) token = null;
}

/** Whether the cookie of an earlier visit still opens a session. */
export async function resume(): Promise<void> {
  try {
    if (localStorage.getItem(LEFT_OPEN)) await tellSignedOut();
    await freshToken();
  } catch {
    if (state === "unknown") become("signedOut");
  }
}

/** One step of signing in: `/auth/sign-in`, `/auth/password` or `/auth/totp/confirm`. Raises Refusal. */
export async function signIn(step: "sign-in" | "password" | "totp/confirm", given: Record<string, string>) {
  take(await post<Granted>(step, { ...given, web: true }));
  localStorage.removeItem(LEFT_OPEN);
  tabs?.postMessage("signedIn");
}

/** The secret of a new authenticator, to be confirmed by a code of it. Raises Refusal. */
export function enrol(given: Record<string, string>): Promise<{ secret: string; uri: string }> {
  return post("totp/enrol", given);
}

/** End the session here and in every tab; what the server could not be told ends by itself. */
export async function signOut(): Promise<void> {
  const bearer = token?.text;
  end();
  tabs?.postMessage("signedOut");
  localStorage.setItem(LEFT_OPEN, "yes");
  try {
    await tellSignedOut(bearer);
  } catch {
    // The page has forgotten its tokens, and tells the server before it asks for others.
  }
}

async function tellSignedOut(bearer?: string): Promise<void> {
  try {
    await post("sign-out", {}, bearer);
  } catch (error) {
    // Refused: there is no session any more.
    if (!(error instanceof Refusal) || error.code === "UNAVAILABLE" || error.code === "INTERNAL") throw error;
  }
  localStorage.removeItem(LEFT_OPEN);
}

async function renew(): Promise<string | null> {
  // A refresh token is good once: of several tabs one at a time renews, and the next one with the cookie that it got.
  return navigator.locks ? navigator.locks.request(LOCK, refresh) : refresh();
}

async function refresh(): Promise<string | null> {
  const before = ended;
  try {
    const granted = await post<Granted>("refresh", {});
    if (before !== ended) return null;
    take(granted);
  } catch (error) {
    if (before !== ended) return null;
    if (error instanceof Refusal && error.code !== "UNAVAILABLE" && error.code !== "INTERNAL") {
      end();
      return null;
    }
    throw error;
  }
  return token?.text ?? null;
}

async function post<Answer>(path: string, body: unknown, bearer?: string): Promise<Answer> {
  const response = await fetch(`/auth/${path}`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}),
    },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer as Answer;
  const wait = Number(response.headers.get("Retry-After"));
  throw new Refusal(answer.code ?? "INTERNAL", answer.message ?? response.statusText, wait || null);
}

function take(granted: Granted): void {
  token = { text: granted.accessToken, expiresAt: Date.now() + granted.expiresIn * 1000 };
  become("signedIn");
  watchIdleness(granted.idleSeconds, () => void signOut());
}

function end(): void {
  ended += 1;
  token = null;
  ignoreIdleness();
  become("signedOut");
}

function become(next: SessionState): void {
  if (state === next) return;
  state = next;
  for (const notify of watchers) notify();
}
