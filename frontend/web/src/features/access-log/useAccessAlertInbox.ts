import { useSubscription } from "urql";
import { graphql } from "@/graph";

const AccessAlertInbox = graphql(`
  subscription AccessAlertInbox($after: String) {
    accessAlertInbox(after: $after) {
      eventId
      kind
      alerts(first: 20) {
        totalCount
        nodes {
          id
          version
          measured
        }
      }
    }
  }
`);

/** Follows alerts on suspicious use; the rules of the cache have their lists asked for anew. */
export function useAccessAlertInbox(): void {
  useSubscription({ query: AccessAlertInbox });
}
