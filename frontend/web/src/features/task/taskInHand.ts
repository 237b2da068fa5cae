/** What a command on a task is told: which one, at which version, and what follows. */
export interface TaskInHand {
  task: { id: string; version: number; title: string };
  /** Reads it anew. */
  onConflict(): void;
  onClose(): void;
}
