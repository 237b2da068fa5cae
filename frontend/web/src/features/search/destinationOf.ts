import { type FragmentType, graphql, readFragment } from "@/graph";

const SearchDestinationFragment = graphql(`
  fragment SearchDestination on Node {
    __typename
    id
    ... on Account {
      holders(first: 1) {
        nodes {
          id
          customer {
            id
          }
        }
      }
    }
    ... on Card {
      customer {
        id
      }
    }
    ... on Household {
      members(first: 4) {
        nodes {
          id
          customer {
            id
          }
        }
      }
    }
  }
`);

/** Where what was found is shown; null where no page shows it. */
export function destinationOf(found: FragmentType<typeof SearchDestinationFragment>): string | null {
  const node = readFragment(SearchDestinationFragment, found);
  switch (node.__typename) {
    case "Person":
    case "Organisation":
      return `/customers/${node.id}`;
    case "Account":
      return tabOf(node.holders?.nodes[0]?.customer?.id, "accounts");
    case "Card":
      return tabOf(node.customer?.id, "accounts");
    case "Household":
      return tabOf(node.members?.nodes[0]?.customer?.id, "household");
    case "Ticket":
      return `/tickets?ticket=${node.id}`;
    default:
      return null;
  }
}

function tabOf(customerId: string | undefined, tab: string): string | null {
  return customerId ? `/customers/${customerId}?tab=${tab}` : null;
}
