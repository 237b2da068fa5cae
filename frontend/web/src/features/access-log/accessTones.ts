import type { AccessAlertState, EventKind } from "@/graph/generated/graphql";
import type { Tone } from "@/ui/values";

export const KIND_TONES: Record<EventKind, Tone> = {
  ACCESS: "neutral",
  CHANGE: "info",
  DENIAL: "danger",
  SIGN_IN: "good",
  REVEAL: "warning",
  POLICY: "primary",
};

export const STATE_TONES: Record<AccessAlertState, Tone> = { OPEN: "danger", CLOSED: "neutral" };
