import type { AlertState, Priority } from "@/graph/generated/graphql";
import type { Tone } from "@/ui/values";

export const PRIORITY_TONES: Record<Priority, Tone> = { URGENT: "danger", HIGH: "warning", NORMAL: "info", LOW: "neutral" };

export const STATE_TONES: Record<AlertState, Tone> = { NEW: "primary", SEEN: "info", DONE: "good", STOPPED: "neutral" };
