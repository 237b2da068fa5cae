import { type Client, createClient } from "graphql-ws";
import type { SubscriptionForwarder } from "urql";
import { freshToken } from "@/session/session";

/** Whether what is shown follows the bank: not asked for yet, following, or cut off and trying again. */
export type LiveState = "idle" | "connected" | "lost";

type Request = Parameters<SubscriptionForwarder>[0];
type Sink = Parameters<ReturnType<SubscriptionForwarder>["subscribe"]>[0];

/** A trusted document goes by its id alone. The client checks that there is a text, before it is left out. */
const TRUSTED = "";

const LONGEST_PAUSE_MS = 15_000;

/** One socket for all subscriptions of a session; it connects again by itself, and each subscription starts anew. */
export class Live {
  private state: LiveState = "idle";
  private readonly watchers = new Set<() => void>();
  private readonly client: Client;
  private wake: (() => void) | null = null;

  constructor() {
    this.client = createClient({
      url: () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
      // Without a token the server closes the socket, and it is tried again; a failure here would end it for good.
      connectionParams: async () => ({ Authorization: `Bearer ${await freshToken().catch(() => "")}` }),
      jsonMessageReplacer: (name, value) => (name === "query" && value === TRUSTED ? undefined : value),
      keepAlive: 12_000,
      retryAttempts: Number.POSITIVE_INFINITY,
      retryWait: (retries) => this.pause(retries),
      on: {
        connected: () => this.become("connected"),
        closed: (event) => this.become((event as CloseEvent).code === 1000 ? "idle" : "lost"),
        error: () => this.become("lost"),
      },
    });
    addEventListener("online", this.tryNow);
  }

  subscribe(request: Request, sink: Sink): () => void {
    return this.client.subscribe<Record<string, unknown>>({ ...request, query: request.query ?? TRUSTED }, {
      next: (value) => sink.next({ data: value.data ?? null, ...(value.errors ? { errors: [...value.errors] } : {}) }),
      error: (error) => sink.error(error),
      complete: () => sink.complete(),
    });
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

  private become(next: LiveState): void {
    if (this.state === next) return;
    this.state = next;
    for (const notify of this.watchers) notify();
  }
}
