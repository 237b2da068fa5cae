import { useSubscription } from "urql";
import { graphql } from "@/graph";
import { usePermission, useViewer } from "@/session/ViewerContext";

const TicketQueue = graphql(`
  subscription TicketQueue($branchId: ID!, $after: String) {
    ticketQueue(branchId: $branchId, after: $after) {
      eventId
      kind
      unassigned(first: 20, orderBy: [{ field: UPDATED_AT, direction: DESC }]) {
        totalCount
        nodes {
          id
          version
        }
      }
      assigned(first: 20, orderBy: [{ field: UPDATED_AT, direction: DESC }]) {
        totalCount
        nodes {
          id
          version
        }
      }
    }
  }
`);

/** Follows the open tickets of the reader's branch; `ticketRules` brings what is shown of them up to date. */
export function useTicketQueue(): void {
  const { staff } = useViewer();
  const mayRead = usePermission("ticket:read") !== null;
  const branchId = staff?.branch?.id;
  useSubscription({ query: TicketQueue, variables: { branchId: branchId ?? "" }, pause: !mayRead || !branchId });
}
