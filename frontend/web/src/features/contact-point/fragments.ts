import { graphql } from "@/graph";

/** What is shown of a way to reach somebody. */
export const ContactPointFragment = graphql(`
  fragment ContactPoint on ContactPoint {
    id
    version
    kind
    isPrimary
    valueMasked
    district
    region
    country
  }
`);
