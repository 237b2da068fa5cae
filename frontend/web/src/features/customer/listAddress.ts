/** Where the list of customers stood last, for the way back to it: what its address holds, and nothing of a customer. */
let search = "";

export function keepListAddress(current: string): void {
  search = current;
}

export function listAddress(): string {
  return `/customers${search}`;
}
