import { graphql, usePage } from "@/graph";
import type { Found } from "@/ui/LookupField";

const CustomersFoundQuery = graphql(`
  query CustomersFound($text: SearchText!) {
    search(text: $text, kinds: [CUSTOMER], first: 8) {
      hits {
        node {
          id
          ... on Customer {
            displayName
            customerNo
            branch {
              id
              name
            }
          }
        }
      }
    }
  }
`);

/** Customers, found as the search of the page finds them; nobody where nothing is typed. */
export function useCustomersFound(text: string): { found: readonly Found[]; loading: boolean } {
  const { data, loading, refreshing } = usePage(CustomersFoundQuery, { text }, { pause: !text });
  const hits = (text && data?.search.hits) || [];
  const found = hits.flatMap(({ node }) =>
    "displayName" in node
      ? [{ value: node.id, label: node.displayName, detail: [node.customerNo, node.branch?.name].filter(Boolean).join(" · ") }]
      : [],
  );
  return { found, loading: Boolean(text) && (loading || refreshing) };
}
