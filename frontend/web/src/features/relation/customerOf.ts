import { graphql } from "@/graph";
import type { RelationEndFragment as End } from "@/graph/generated/graphql";

export const RelationEndFragment = graphql(`
  fragment RelationEnd on Customer {
    id
    displayName
    customerNo
    kind
    state
    branch {
      id
      name
    }
    manager {
      id
      name
    }
    tier {
      id
      ...TierTag
    }
    known: relations(first: 1) {
      totalCount
    }
  }
`);

/** A customer at an end of a relation, with how many they have. */
export type Customer = End & { relationCount: number };

export function customerOf(end: End): Customer {
  return { ...end, relationCount: Number(end.known?.totalCount ?? 0) };
}
