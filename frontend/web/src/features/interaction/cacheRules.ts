import { type CacheRules, together } from "@/graph/client";
import { forgetField, newestOf } from "@/graph/stale";

/** A contact that has been kept stands in its customer's list. */
export function interactionRules(): CacheRules {
  return together(newestOf("Interaction"), {
    updates: {
      Mutation: {
        logInteraction(result, args, cache) {
          const { errors } = result.logInteraction as unknown as { errors: readonly unknown[] };
          if (errors.length) return;
          const { customerId } = args.input as { customerId: string };
          forgetField(cache, "Query", "interactions");
          for (const __typename of ["Person", "Organisation"]) forgetField(cache, { __typename, id: customerId }, "interactions");
        },
      },
    },
  });
}
