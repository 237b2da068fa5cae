import type { Cache } from "@urql/exchange-graphcache";
import type { CacheRules } from "@/graph/client";

/** Alerts on suspicious use come and go by what is closed here, and by what their inbox tells of. */
export function accessAlertRules(): CacheRules {
  let last: string | null = null;
  return {
    updates: {
      Mutation: {
        closeAccessAlert: (result, _args, cache) => {
          if ((result.closeAccessAlert as { alert: unknown }).alert) askAnew(cache);
        },
      },
      Subscription: {
        accessAlertInbox(result, _args, cache) {
          const { eventId } = result.accessAlertInbox as unknown as { eventId: string };
          // The first answer tells how things are, which the page has just asked for itself.
          if (last !== null && last !== eventId) askAnew(cache);
          last = eventId;
        },
      },
    },
  };
}

function askAnew(cache: Cache): void {
  for (const { fieldName, fieldKey } of cache.inspectFields("Query")) {
    if (fieldName === "accessAlerts") cache.invalidate("Query", fieldKey);
  }
}
