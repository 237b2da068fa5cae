import type { CustomerState } from "@/graph/generated/graphql";
import type { Tone } from "@/ui/values";

export const STATE_TONES: Record<CustomerState, Tone> = { ACTIVE: "good", PROSPECT: "info", DEREGISTERED: "neutral" };
