import { watchSession } from "@/session/session";

/** Where the list of customers stood last, for the way back to it: what its address holds, and nothing of a customer. */
let search = "";

// The next reader at this machine begins with a list of their own.
watchSession(() => keepListAddress(""));

export function keepListAddress(current: string): void {
  search = current;
}

export function listAddress(): string {
  return `/customers${search}`;
}
