import { type Client, createClient } from "graphql-ws";
import type { SubscriptionForwarder } from "urql";
import { distrust, freshToken } from "@/session/session";
import type { UpdateKind } from "./generated/graphql";

/**
 * Whether what is shown follows the bank: not asked for yet, following, cut off and trying again, or refused for good,
 * as by a release that does not know this page any more.
 */
export type LiveState = "idle" | "connected" | "lost" | "ended";

type Request = Parameters<SubscriptionForwarder>[0];
type Sink = Parameters<ReturnType<SubscriptionForwarder>["subscribe"]>[0];

/** A trusted document goes by its id alone. The client checks that there is a text, before it is left out. */
const TRUSTED = "";

const LONGEST_PAUSE_MS = 15_000;
const PING_EVERY_MS = 12_000;
/** So long an answer to a ping may take: a cable that was pulled out closes no socket. */
const PONG_WITHIN_MS = 5_000;
/** Of breaks: whatever their number, something was missed. */
const NEVER = -1;
/** The server does not take the token, or does no longer. */
const FORBIDDEN = 4403;

/** One socket for all subscriptions of a session; it connects again by itself, and each subscription starts anew. */
export class Live {
  private state: LiveState = "idle";
  private readonly watchers = new Set<() => void>();
  private readonly client: Client;
  private wake: (() => void) | null = null;
  private shownToken: string | null = null;
  private pongOverdue: ReturnType<typeof setTimeout> | undefined;
  /** How often the socket was lost. */
  private breaks = 0;

  constructor() {
    this.client = createClient({
      url: () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
      // Without a token the server closes the socket, and it is tried again; a failure here would end it for good.
      connectionParams: async () => {
        this.shownToken = await freshToken().catch(() => null);
        return { Authorization: `Bearer ${this.shownToken ?? ""}` };
      },
      jsonMessageReplacer: (name, value) => (name === "query" && value === TRUSTED ? undefined : value),
      keepAlive: PING_EVERY_MS,
      retryAttempts: Number.POSITIVE_INFINITY,
      // A server that is not there refuses the connection, which comes as an error and not as a close.
      shouldRetry: () => true,
      retryWait: (retries) => this.pause(retries),
      on: {
        connected: () => this.become("connected"),
        ping: (received) => {
          if (!received) this.pongOverdue = setTimeout(() => this.client.terminate(), PONG_WITHIN_MS);
        },
        pong: () => clearTimeout(this.pongOverdue),
        closed: (event) => this.closed((event as CloseEvent).code),
        error: () => this.become("lost"),
      },
    });
    addEventListener("online", this.tryNow);
  }

  /** After a break a subscription goes on from what it has seen: one that selects `eventId` declares `$after`. */
  subscribe(request: Request, sink: Sink): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let unsubscribe: (() => void) | undefined;
    // Sent anew with each socket, as it is then.
    const variables: Record<string, unknown> = { ...request.variables };
    let breaksBefore = this.state === "lost" ? NEVER : this.breaks;
    const begin = () => {
      unsubscribe = this.client.subscribe<Record<string, unknown>>({ ...request, query: request.query ?? TRUSTED, variables }, {
        next: (value) => {
          const update = updateOf(value.data);
          if (update) {
            // The bank cannot know what was missed by somebody who had seen nothing yet.
            if (variables.after === undefined && this.breaks !== breaksBefore) update.kind = "GAP";
            variables.after = update.eventId;
          }
          sink.next({ data: value.data ?? null, ...(value.errors ? { errors: [...value.errors] } : {}) });
        },
        error: (error) => {
          // Errors of this subscription alone come as a list; the end of the socket ends all of them.
          if (!Array.isArray(error)) this.become("ended");
          else if (error.some(isBusy)) {
            breaksBefore = NEVER;
            timer = setTimeout(begin, LONGEST_PAUSE_MS * (0.5 + Math.random() / 2));
            return;
          }
          sink.error(error);
        },
        complete: () => sink.complete(),
      });
    };
    begin();
    return () => {
      clearTimeout(timer);
      unsubscribe?.();
    };
  }

  getState = (): LiveState => this.state;

  watch = (notify: () => void): (() => void) => {
    this.watchers.add(notify);
    return () => this.watchers.delete(notify);
  };

  /** Do not wait for the pause to end. */
  tryNow = (): void => this.wake?.();

  async close(): Promise<void> {
    removeEventListener("online", this.tryNow);
    clearTimeout(this.pongOverdue);
    await this.client.dispose();
  }

  private pause(retries: number): Promise<void> {
    const longest = Math.min(LONGEST_PAUSE_MS, 500 * 2 ** retries);
    return new Promise((resolve) => {
      // At random, so that all pages of the bank do not come back in one second.
      const timer = setTimeout(resolve, longest * (0.5 + Math.random() / 2));
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private closed(code: number): void {
    clearTimeout(this.pongOverdue);
    if (code === FORBIDDEN && this.shownToken) distrust(this.shownToken);
    const isLost = code !== 1000;
    if (isLost) this.breaks += 1;
    this.become(isLost ? "lost" : "idle");
  }

  private become(next: LiveState): void {
    if (this.state === next || this.state === "ended") return;
    this.state = next;
    for (const notify of this.watchers) notify();
  }
}

/** What an answer says of itself, where the subscription has asked for it. */
function updateOf(data: Record<string, unknown> | null | undefined): { eventId: string; kind: UpdateKind } | null {
  const update = Object.values(data ?? {})[0];
  return update && typeof update === "object" && "eventId" in update ? (update as { eventId: string; kind: UpdateKind }) : null;
}

/** Whether the bank was only busy. */
function isBusy(error: { extensions?: Record<string, unknown> }): boolean {
  return error.extensions?.code === "RATE_LIMITED" || error.extensions?.code === "UNAVAILABLE";
}
