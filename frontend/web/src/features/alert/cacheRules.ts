import type { OptimisticMutationResolver, UpdateResolver } from "@urql/exchange-graphcache";
import type { AlertState } from "@/graph/generated/graphql";
import { type CacheRules, together } from "@/graph/client";
import { forgetField, newestOf, tellsOfChange } from "@/graph/stale";

interface Told {
  id: string;
  version: number;
}

interface Answer {
  alert: (Told & { customer?: { __typename: string; id: string } | null }) | null;
}

/**
 * What is done to an alert shows at once; the lists that it may have left by it are asked for anew. So they are when the
 * inbox tells of an alert, or a version of one, that is news: neither there at first nor made by this page.
 */
export function alertRules(): CacheRules {
  const known = new Map<string, number>();

  function isNews({ id, version }: Told): boolean {
    const isNewer = (known.get(id) ?? 0) < version;
    if (isNewer) known.set(id, version);
    return isNewer;
  }

  function changes(mutation: string): UpdateResolver {
    return (result, _args, cache, info) => {
      const { alert } = result[mutation] as unknown as Answer;
      if (!alert || info.optimistic) return;
      isNews(alert);
      forgetField(cache, "Query", "alerts");
      if (alert.customer) forgetField(cache, { __typename: alert.customer.__typename, id: alert.customer.id }, "alerts");
    };
  }

  return together(newestOf("Alert"), {
    optimistic: {
      acknowledgeAlert: becomes("AcknowledgeAlertPayload", "SEEN", "seenAt"),
      completeAlert: becomes("CompleteAlertPayload", "DONE", "closedAt"),
      stopAlert: becomes("StopAlertPayload", "STOPPED", "closedAt"),
    },
    updates: {
      Mutation: {
        acknowledgeAlert: changes("acknowledgeAlert"),
        completeAlert: changes("completeAlert"),
        stopAlert: changes("stopAlert"),
      },
      Subscription: {
        myAlerts(result, _args, cache) {
          const { alerts } = result.myAlerts as unknown as { alerts?: { nodes: Told[] } | null };
          // The badge is followed by itself, and changes no list.
          if (!alerts) return;
          const hasNews = alerts.nodes.map(isNews).some(Boolean);
          if (hasNews && tellsOfChange(result.myAlerts)) forgetField(cache, "Query", "alerts");
        },
      },
    },
  });
}

function becomes(payload: string, state: AlertState, at: "seenAt" | "closedAt"): OptimisticMutationResolver {
  return ({ input }) => {
    const { id } = input as { id: string };
    const alert = { __typename: "Alert", id, state, [at]: new Date().toISOString() };
    return { __typename: payload, alert, errors: [] };
  };
}
