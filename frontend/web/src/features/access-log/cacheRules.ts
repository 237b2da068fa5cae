import { type CacheRules, together } from "@/graph/client";
import { forgetField, newestOf, tellsOfChange } from "@/graph/stale";

/** Alerts on suspicious use come and go by what is closed here, and by what their inbox tells of. */
export function accessAlertRules(): CacheRules {
  return together(newestOf("AccessAlert"), {
    updates: {
      Mutation: {
        closeAccessAlert(result, _args, cache) {
          if ((result.closeAccessAlert as { alert: unknown }).alert) forgetField(cache, "Query", "accessAlerts");
        },
      },
      Subscription: {
        accessAlertInbox(result, _args, cache) {
          if (tellsOfChange(result.accessAlertInbox)) forgetField(cache, "Query", "accessAlerts");
        },
      },
    },
  });
}
