import type { TicketEventKind, TicketKind, TicketState } from "@/graph/generated/graphql";
import type { Tone } from "@/ui/values";

export const STATE_TONES: Record<TicketState, Tone> = { OPEN: "info", WAITING: "warning", CLOSED: "neutral" };

export const KIND_TONES: Record<TicketKind, Tone> = {
  INQUIRY: "neutral",
  COMPLAINT: "danger",
  SUGGESTION: "neutral",
  REQUEST: "neutral",
  LOSS_REPORT: "warning",
};

export const EVENT_TONES: Record<TicketEventKind, Tone> = {
  OPENED: "primary",
  COMMENTED: "neutral",
  ASSIGNED: "info",
  TRANSFERRED: "info",
  ESCALATED: "danger",
  WAITING: "warning",
  RESUMED: "info",
  CLOSED: "good",
  REOPENED: "warning",
};

export const KINDS: readonly TicketKind[] = ["INQUIRY", "COMPLAINT", "SUGGESTION", "REQUEST", "LOSS_REPORT"];

/** How often a ticket can be escalated. */
export const HIGHEST_LEVEL = 3;

/** How a customer liked an answer: 1 is the first. */
export const SATISFACTION = ["notAtAll", "little", "soSo", "well", "veryWell"] as const;
