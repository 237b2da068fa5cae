import type { Cache, Entity, UpdateResolver } from "@urql/exchange-graphcache";
import type { CacheRules } from "./client";
import type { UpdateKind } from "./generated/graphql";

/** Ask anew for a field wherever it is shown, whatever its arguments: a list that a row has entered or left. */
export function forgetField(cache: Cache, entity: Entity, fieldName: string): void {
  for (const field of cache.inspectFields(entity)) {
    if (field.fieldName === fieldName) cache.invalidate(entity, field.fieldName, field.arguments);
  }
}

/**
 * Whether a subscription tells that something has changed, or may have in a break (`GAP`). Its first answer does not: it tells
 * how things are, which the page has just asked for itself; nor does one after a break in which nothing has changed.
 */
export function tellsOfChange(update: unknown): boolean {
  return (update as { kind: UpdateKind }).kind !== "PRESENT";
}

/**
 * Rows of a type that are known to have changed: when an answer brings a newer version of one, what older answers said of
 * it is forgotten, so that nobody looks at half an old row under the new version's number, which the next command would
 * name. Fragments ask for `version` first, so that what comes with it stays.
 */
export function newestOf(...typenames: readonly string[]): CacheRules {
  return { updates: Object.fromEntries(typenames.map((typename) => [typename, { version: forgetOlder() }])) };
}

function forgetOlder(): UpdateResolver {
  const known = new Map<string, number>();
  return (parent, _args, cache, info) => {
    const version = parent.version;
    if (typeof version !== "number") return;
    const before = known.get(info.parentKey);
    if (before !== undefined && version <= before) return;
    known.set(info.parentKey, version);
    if (before === undefined) return;
    for (const field of cache.inspectFields(info.parentKey)) {
      if (!KEPT.has(field.fieldName)) cache.invalidate(info.parentKey, field.fieldName, field.arguments);
    }
  };
}

const KEPT = new Set(["__typename", "id", "version"]);
