import { type CacheExchangeOpts, cacheExchange } from "@urql/exchange-graphcache";
import { type Client, createClient, type Exchange, fetchExchange, subscriptionExchange } from "urql";
import { map, pipe } from "wonka";
import { distrust, freshToken } from "@/session/session";
import matching from "./generated/possibleTypes";
import { keys } from "./keys";
import type { Live } from "./live";

const ENDPOINT = "/graphql";

/** How the cache follows commands: what each changes at once, and what it makes stale. Features declare their part. */
export type CacheRules = Pick<CacheExchangeOpts, "optimistic" | "updates">;

/** The rules of several features as one. */
export function together(...rules: readonly CacheRules[]): CacheRules {
  const types = new Set(rules.flatMap(({ updates }) => Object.keys(updates ?? {})));
  return {
    optimistic: Object.assign({}, ...rules.map((each) => each.optimistic)),
    updates: Object.fromEntries(
      Array.from(types, (type) => [type, Object.assign({}, ...rules.map((each) => each.updates?.[type]))]),
    ),
  };
}

/** The client of one session: what it keeps is gone with it. */
export function graphClient(live: Live, rules: CacheRules): Client {
  return createClient({
    url: ENDPOINT,
    preferGetMethod: false,
    requestPolicy: "cache-and-network",
    fetch: authorized,
    exchanges: [
      cacheExchange({ keys, possibleTypes: matching.possibleTypes, logger, ...rules }),
      ...(import.meta.env.DEV ? [] : [byId]),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => ({ unsubscribe: live.subscribe(request, sink) }),
        }),
      }),
    ],
  });
}

/** Of what the cache complains of while the page is worked on; not that the fields of other types are absent from one. */
const logger: CacheExchangeOpts["logger"] = (severity, message) => {
  if (!message.startsWith("Invalid undefined")) console[severity](message);
};

/**
 * What was built into the page is trusted by the server that serves it: only its id is sent. While the page is worked
 * on, the server knows no manifest of it, and is asked in words.
 */
const byId: Exchange =
  ({ forward }) =>
  (operations) =>
    forward(
      pipe(
        operations,
        map((operation) => {
          const { __meta__: built } = operation.query as { __meta__?: { hash: string } };
          if (!built) return operation;
          const persistedQuery = { version: 1, sha256Hash: built.hash } as const;
          return { ...operation, extensions: { ...operation.extensions, persistedQuery } };
        }),
      ),
    );

/** With a token that is good; asked again with another one where the server has ended it meanwhile. */
async function authorized(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const token = await freshToken();
  const response = await send(input, init, token);
  if (response.status !== 401 || token === null) return response;
  distrust(token);
  return send(input, init, await freshToken());
}

function send(input: RequestInfo | URL, init: RequestInit | undefined, token: string | null): Promise<Response> {
  const headers = new Headers(init?.headers);
  if (token) headers.set("Authorization", `Bearer ${token}`);
  return fetch(input, { ...init, headers });
}
