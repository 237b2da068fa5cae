import { graphql } from "@/graph";

/** What is shown of a way to reach somebody. */
export const ContactPointFragment = graphql(`
  fragment ContactPoint on ContactPoint {
    id
    kind
    isPrimary
    valueMasked
    district
    region
    country
    version
  }
`);
