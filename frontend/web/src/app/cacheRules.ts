import { accessAlertRules } from "@/features/access-log/cacheRules";
import { alertRules } from "@/features/alert/cacheRules";
import { customerRules } from "@/features/customer/cacheRules";
import { interactionRules } from "@/features/interaction/cacheRules";
import { relationRules } from "@/features/relation/cacheRules";
import { taskRules } from "@/features/task/cacheRules";
import { ticketRules } from "@/features/ticket/cacheRules";
import { type CacheRules, together } from "@/graph/client";

/** What the features say of the cache of one session. */
export function cacheRules(): CacheRules {
  return together(
    customerRules(),
    relationRules(),
    taskRules(),
    ticketRules(),
    interactionRules(),
    alertRules(),
    accessAlertRules(),
  );
}
