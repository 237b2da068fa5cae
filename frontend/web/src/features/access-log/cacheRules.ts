import { type CacheRules, together } from "@/graph/client";
import { forgetField, newestOf } from "@/graph/stale";

/** Alerts on suspicious use come and go by what is closed here, and by what their inbox tells of. */
export function accessAlertRules(): CacheRules {
  let seen: string | null = null;
  return together(newestOf("AccessAlert"), {
    updates: {
      Mutation: {
        closeAccessAlert(result, _args, cache) {
          if ((result.closeAccessAlert as { alert: unknown }).alert) forgetField(cache, "Query", "accessAlerts");
        },
      },
      Subscription: {
        accessAlertInbox(result, _args, cache) {
          const { eventId } = result.accessAlertInbox as unknown as { eventId: string };
          // The first answer tells how things are, which the page has just asked for itself.
          if (seen !== null && seen !== eventId) forgetField(cache, "Query", "accessAlerts");
          seen = eventId;
        },
      },
    },
  });
}
