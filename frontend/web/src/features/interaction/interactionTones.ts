import type { InteractionOutcome } from "@/graph/generated/graphql";
import type { Tone } from "@/ui/values";

export const OUTCOME_TONES: Record<InteractionOutcome, Tone> = {
  REACHED: "info",
  NOT_REACHED: "neutral",
  INTERESTED: "primary",
  DECLINED: "danger",
  DONE: "good",
};

export const OUTCOMES: readonly InteractionOutcome[] = ["REACHED", "NOT_REACHED", "INTERESTED", "DECLINED", "DONE"];
