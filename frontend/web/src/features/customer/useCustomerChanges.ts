import { useSubscription } from "urql";
import { graphql } from "@/graph";

const CustomerChanges = graphql(`
  subscription CustomerChanges($id: ID!, $after: String) {
    customerChanges(id: $id, after: $after) {
      eventId
      kind
      customer {
        id
        version
        contactPoints(first: 20) {
          nodes {
            id
            version
          }
        }
        relations(first: 50) {
          nodes {
            id
            version
          }
        }
        tickets(first: 20, orderBy: [{ field: UPDATED_AT, direction: DESC }]) {
          nodes {
            id
            version
          }
        }
        tasks(first: 20, orderBy: [{ field: UPDATED_AT, direction: DESC }]) {
          nodes {
            id
            version
          }
        }
        interactions(first: 20, orderBy: [{ field: UPDATED_AT, direction: DESC }]) {
          nodes {
            id
            version
          }
        }
      }
    }
  }
`);

/** Follows the open customer; what `customerRules` makes of the answers brings the parts that are looked at up to date. */
export function useCustomerChanges(id: string, options: { pause: boolean }): void {
  useSubscription({ query: CustomerChanges, variables: { id }, pause: options.pause });
}
