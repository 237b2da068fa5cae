import type { Cache, DataField, Entity } from "@urql/exchange-graphcache";
import type { CacheRules } from "@/graph/client";
import { forgetField } from "@/graph/stale";

interface Answer {
  errors: readonly unknown[];
  relation?: { fromCustomer: Entity | null; toCustomer: Entity | null } | null;
}

const COUNTERPART: Record<string, string> = { SPOUSE: "SPOUSE", PARENT: "CHILD", CHILD: "PARENT" };

/** A relation that is ended is gone from all lists before the bank has said so; one that is opened is asked for. */
export function relationRules(): CacheRules {
  return {
    optimistic: {
      endRelation: () => ({ __typename: "EndRelationPayload", customer: null, errors: [] }),
    },
    updates: {
      Mutation: {
        createRelation(result, _args, cache) {
          const { relation, errors } = result.createRelation as unknown as Answer;
          if (errors.length || !relation) return;
          for (const end of [relation.fromCustomer, relation.toCustomer]) if (end) forgetField(cache, end, "relations");
        },
        endRelation(result, args, cache, info) {
          const { errors } = result.endRelation as unknown as Answer;
          if (!errors.length) takeOut(cache, (args.input as { id: string }).id, { isDone: !info.optimistic });
        },
      },
    },
  };
}

/**
 * Out of the lists of both its ends, with the row that says the same from the other one. Once it is done, lists that were
 * counted are asked for anew.
 */
function takeOut(cache: Cache, id: string, options: { isDone: boolean }): void {
  const relation = cache.keyOfEntity({ __typename: "Relation", id });
  if (!relation) return;
  const type = String(cache.resolve(relation, "type"));
  const [from, to] = [cache.resolve(relation, "fromCustomer"), cache.resolve(relation, "toCustomer")];
  const isGone = (row: DataField) =>
    row === relation ||
    (typeof row === "string" &&
      cache.resolve(row, "type") === COUNTERPART[type] &&
      cache.resolve(row, "fromCustomer") === to &&
      cache.resolve(row, "toCustomer") === from);
  for (const customer of [from, to]) {
    if (typeof customer !== "string") continue;
    for (const field of cache.inspectFields(customer)) {
      if (field.fieldName !== "relations") continue;
      const list = cache.resolve(customer, field.fieldKey);
      if (typeof list !== "string") continue;
      const rows = cache.resolve(list, "nodes");
      if (options.isDone && cache.resolve(list, "totalCount") != null) {
        cache.invalidate(customer, field.fieldName, field.arguments);
      } else if (Array.isArray(rows)) {
        cache.link(list, "nodes", rows.filter((row) => !isGone(row as DataField)) as string[]);
      }
    }
  }
}
