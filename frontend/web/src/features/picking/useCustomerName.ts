import { graphql, usePage } from "@/graph";

const CustomerNameQuery = graphql(`
  query CustomerName($id: ID!) {
    customer(id: $id) {
      id
      displayName
    }
  }
`);

/** What a customer that was picked is called; undefined where that is not known yet, or never to the reader. */
export function useCustomerName(id: string | null | undefined): string | undefined {
  const { data } = usePage(CustomerNameQuery, { id: id ?? "" }, { pause: !id });
  // While another one is asked for, the answer is still that of the one before.
  return data?.customer && data.customer.id === id ? data.customer.displayName : undefined;
}
