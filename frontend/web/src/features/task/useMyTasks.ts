import { useSubscription } from "urql";
import { graphql } from "@/graph";
import { usePermission, useViewer } from "@/session/ViewerContext";

const MyTasks = graphql(`
  subscription MyTasks($after: String) {
    myTasks(after: $after) {
      eventId
      kind
      tasks(first: 20, orderBy: [{ field: UPDATED_AT, direction: DESC }]) {
        totalCount
        nodes {
          id
          version
        }
      }
    }
  }
`);

/** Follows the tasks given to or by the reader; `taskRules` brings what is shown of them up to date. */
export function useMyTasks(): void {
  const { staff } = useViewer();
  const mayRead = usePermission("task:read") !== null;
  useSubscription({ query: MyTasks, pause: !mayRead || !staff });
}
