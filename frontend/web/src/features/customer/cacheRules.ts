import { type CacheRules, together } from "@/graph/client";
import { newestOf } from "@/graph/stale";

interface Update {
  eventId: string;
  customer: { __typename: string; id: string } | null;
}

/**
 * A customer that has changed elsewhere is forgotten, so that whatever shows a part of them asks again. The first answer
 * of a subscription tells how things are, which the page has just asked for itself.
 */
export function customerRules(): CacheRules {
  const seen = new Map<string, string>();
  return together(newestOf("ContactPoint"), {
    updates: {
      Subscription: {
        customerChanges(result, args, cache) {
          const { eventId, customer } = result.customerChanges as unknown as Update;
          const before = seen.get(String(args.id));
          seen.set(String(args.id), eventId);
          if (customer && before !== undefined && before !== eventId) {
            cache.invalidate({ __typename: customer.__typename, id: customer.id });
          }
        },
      },
    },
  });
}
