import { type CacheRules, together } from "@/graph/client";
import { forgetField, newestOf, tellsOfChange } from "@/graph/stale";

interface Update {
  customer: { __typename: string; id: string } | null;
}

interface Assigned extends Update {
  errors: readonly unknown[];
}

/** A customer that has changed elsewhere is forgotten, so that whatever shows a part of them asks again. */
export function customerRules(): CacheRules {
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
        customerChanges(result, _args, cache) {
          const { customer } = result.customerChanges as unknown as Update;
          if (!customer || !tellsOfChange(result.customerChanges)) return;
          cache.invalidate({ __typename: customer.__typename, id: customer.id });
        },
      },
    },
  });
}
