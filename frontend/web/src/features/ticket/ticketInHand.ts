/** What a command on a ticket is told: which one, at which version, and what follows. */
export interface TicketInHand {
  ticket: { id: string; version: number; ticketNo: string; assignedTo?: { id: string } | null };
  /** Reads it anew. */
  onConflict(): void;
  onClose(): void;
}
