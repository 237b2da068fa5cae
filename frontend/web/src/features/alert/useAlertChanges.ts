import { useSubscription } from "urql";
import { graphql } from "@/graph";
import { useViewer } from "@/session/ViewerContext";

const AlertChanges = graphql(`
  subscription AlertChanges($after: String) {
    myAlerts(after: $after) {
      eventId
      kind
      alerts(first: 20) {
        nodes {
          id
          version
          state
        }
      }
      badge {
        id
        unread
      }
    }
  }
`);

/** Follows the reader's inbox; the rules of the cache have lists asked for anew when something in it is news. */
export function useAlertChanges(options: { pause: boolean }): void {
  const isStaff = useViewer().staff !== null;
  useSubscription({ query: AlertChanges, pause: options.pause || !isStaff });
}
