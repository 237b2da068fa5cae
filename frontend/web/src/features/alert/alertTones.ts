import type { AlertState } from "@/graph/generated/graphql";
import type { Tone } from "@/ui/values";

export const STATE_TONES: Record<AlertState, Tone> = { NEW: "primary", SEEN: "neutral", DONE: "good", STOPPED: "neutral" };
