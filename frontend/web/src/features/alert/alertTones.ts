import type { AlertState } from "@/graph/generated/graphql";
import type { Tone } from "@/ui/values";

export const STATE_TONES: Record<AlertState, Tone> = { NEW: "primary", SEEN: "info", DONE: "good", STOPPED: "neutral" };
