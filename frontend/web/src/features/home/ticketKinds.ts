import type { TicketKind } from "@/graph/generated/graphql";

/** In the order in which charts show them, what is most pressing first. */
export const TICKET_KINDS: readonly TicketKind[] = ["COMPLAINT", "LOSS_REPORT", "REQUEST", "INQUIRY", "SUGGESTION"];
