import type { TaskPurpose, TaskState } from "@/graph/generated/graphql";
import type { Tone } from "@/ui/values";

export const STATE_TONES: Record<TaskState, Tone> = {
  OPEN: "info",
  HANDED_BACK: "warning",
  COMPLETED: "good",
  CANCELLED: "neutral",
};

export const PURPOSES: readonly TaskPurpose[] = ["CARE", "FOLLOW_UP", "SALES", "SERVICE", "RISK", "DATA_QUALITY", "OTHER"];

/** Whether there is still something to do. */
export function isOpen(state: TaskState): boolean {
  return state === "OPEN" || state === "HANDED_BACK";
}
