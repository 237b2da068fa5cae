import { graphql, usePage } from "@/graph";
import { LookupField, useTyped } from "@/ui/LookupField";

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

/** A customer, found as the search of the page finds them. */
export function CustomerField(props: { name: string; label: string; required?: boolean; help?: string }) {
  const [text, onSearch] = useTyped();
  const { data, loading, refreshing } = usePage(CustomersFoundQuery, { text }, { pause: !text });
  const hits = (text && data?.search.hits) || [];
  const found = hits.flatMap(({ node }) =>
    "displayName" in node
      ? [{ value: node.id, label: node.displayName, detail: [node.customerNo, node.branch?.name].filter(Boolean).join(" · ") }]
      : [],
  );
  return <LookupField {...props} found={found} loading={Boolean(text) && (loading || refreshing)} onSearch={onSearch} />;
}
