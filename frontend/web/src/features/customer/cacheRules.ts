import { type CacheRules, together } from "@/graph/client";
import { forgetField, newestOf } from "@/graph/stale";

interface Update {
  eventId: string;
  customer: { __typename: string; id: string } | null;
}

interface Assigned {
  customer: { __typename: string; id: string } | null;
  errors: readonly unknown[];
}

/**
 * A customer that has changed elsewhere is forgotten, so that whatever shows a part of them asks again. The first answer
 * of a subscription tells how things are, which the page has just asked for itself.
 */
export function customerRules(): CacheRules {
  const seen = new Map<string, string>();
  return together(newestOf("ContactPoint"), {
    updates: {
      Mutation: {
        assignManager(result, args, cache) {
          const { customer, errors } = result.assignManager as unknown as Assigned;
          if (errors.length) return;
          forgetField(cache, "Query", "customers");
          // They may be out of the reader's sight now.
          const { customerId } = args.input as { customerId: string };
          if (!customer) for (const __typename of ["Person", "Organisation"]) cache.invalidate({ __typename, id: customerId });
        },
      },
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
