import { useSubscription } from "urql";
import { graphql } from "@/graph";
import { usePermission } from "@/session/ViewerContext";

const UnreadAlerts = graphql(`
  subscription UnreadAlerts {
    myAlerts {
      badge {
        id
        unread
      }
    }
  }
`);

/** How many alerts of the reader's inbox they have not looked at, as it changes. */
export function useUnread(): number {
  const mayRead = usePermission("alert:read") !== null;
  const [{ data }] = useSubscription({ query: UnreadAlerts, pause: !mayRead });
  return data?.myAlerts.badge?.unread ?? 0;
}
