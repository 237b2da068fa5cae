import { type Exchange, type Operation, type OperationResult, createClient } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import type { OperationDefinitionNode } from "graphql";
import { filter, makeSubject, merge, mergeMap, never, fromPromise, pipe, share } from "wonka";
import type { CacheRules } from "./client";
import { keys } from "./keys";

/** A client with a cache of these rules, before a bank whose answers a test gives, by the names of documents. */
export function bankOf(rules: CacheRules, given: Record<string, object | Promise<object>>) {
  const asked: string[] = [];
  const pushed = makeSubject<OperationResult>();
  const subscriptions = new Map<string, Operation>();
  const answers: Exchange = () => (operations) => {
    const all = share(operations);
    const answered = pipe(
      all,
      filter(({ kind }) => kind !== "teardown"),
      mergeMap((operation) => {
        const name = (operation.query.definitions[0] as OperationDefinitionNode).name?.value ?? "";
        asked.push(name);
        if (operation.kind === "subscription") {
          subscriptions.set(name, operation);
          return never;
        }
        return fromPromise(
          Promise.resolve(given[name]).then((data) => ({ operation, data: structuredClone(data), stale: false, hasNext: false })),
        );
      }),
    );
    return merge([answered, pushed.source]);
  };
  const client = createClient({
    url: "/",
    preferGetMethod: false,
    requestPolicy: "cache-first",
    exchanges: [cacheExchange({ keys, ...rules }), answers],
  });
  return {
    client,
    asked,
    given,
    /** What a subscription that is open answers next. */
    push(name: string, data: object) {
      const operation = subscriptions.get(name);
      if (!operation) throw new Error(`Nobody follows ${name}`);
      pushed.next({ operation, data, stale: false, hasNext: true });
    },
  };
}
