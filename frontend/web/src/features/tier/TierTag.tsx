import { type FragmentType, graphql, readFragment } from "@/graph";
import { Tag, type Tone } from "@/ui/values";

const TierTagFragment = graphql(`
  fragment TierTag on CustomerTier {
    tier {
      id
      name
      rank
    }
  }
`);

const TONES: readonly Tone[] = ["neutral", "neutral", "warning", "info", "primary", "precious"];

/** A customer's level of service; the higher, the stronger. */
export function TierTag(props: { tier: FragmentType<typeof TierTagFragment> }) {
  const { tier } = readFragment(TierTagFragment, props.tier);
  if (!tier) return null;
  return <Tag tone={TONES[tier.rank] ?? "precious"}>{tier.name}</Tag>;
}
