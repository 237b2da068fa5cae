import type { Cache } from "@urql/exchange-graphcache";
import type { AlertState } from "@/graph/generated/graphql";
import type { CacheRules } from "@/graph/client";

interface Inbox {
  alerts: { nodes: { id: string; version: number }[] } | null | undefined;
}

interface Payload {
  alert: { id: string; version: number } | null;
}

/**
 * What is done to an alert shows at once; lists that it enters or leaves by it are asked for anew. So they are when the
 * inbox tells of an alert, or a version of one, that is news: neither there at first nor made by this page.
 */
export function alertRules(): CacheRules {
  const known = new Map<string, number>();
  let isFirst = true;

  function learn({ id, version }: { id: string; version: number }): boolean {
    const isNews = (known.get(id) ?? 0) < version;
    if (isNews) known.set(id, version);
    return isNews;
  }

  function changed(payload: Payload, cache: Cache, isOptimistic: boolean | undefined) {
    if (!payload.alert || isOptimistic) return;
    learn(payload.alert);
    askAnew(cache);
  }

  return {
    optimistic: {
      acknowledgeAlert: ({ input }) => done("AcknowledgeAlertPayload", input, "SEEN", "seenAt"),
      completeAlert: ({ input }) => done("CompleteAlertPayload", input, "DONE", "closedAt"),
      stopAlert: ({ input }) => done("StopAlertPayload", input, "STOPPED", "closedAt"),
    },
    updates: {
      Mutation: {
        acknowledgeAlert: (result, _args, cache, info) =>
          changed(result.acknowledgeAlert as unknown as Payload, cache, info.optimistic),
        completeAlert: (result, _args, cache, info) =>
          changed(result.completeAlert as unknown as Payload, cache, info.optimistic),
        stopAlert: (result, _args, cache, info) => changed(result.stopAlert as unknown as Payload, cache, info.optimistic),
      },
      Subscription: {
        myAlerts(result, _args, cache) {
          const { alerts } = result.myAlerts as unknown as Inbox;
          if (!alerts) return;
          const isNews = alerts.nodes.map(learn).some(Boolean);
          if (isNews && !isFirst) askAnew(cache);
          isFirst = false;
        },
      },
    },
  };
}

/** Every list and every number of alerts. */
function askAnew(cache: Cache): void {
  for (const { fieldName, fieldKey } of cache.inspectFields("Query")) {
    if (fieldName === "alerts") cache.invalidate("Query", fieldKey);
  }
}

/** The answer of a command that will do what it should. */
function done(payload: string, input: unknown, state: AlertState, at: "seenAt" | "closedAt") {
  const { id } = input as { id: string };
  const alert = { __typename: "Alert", id, state, [at]: new Date().toISOString() };
  return { __typename: payload, alert, errors: [] };
}
