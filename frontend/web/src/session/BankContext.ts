import { createContext, use } from "react";

/** The bank that the page works for. */
export interface Bank {
  name: string;
  /** The day that "today" means in rules, "2026-10-31". */
  businessDate: string;
  timeZone: string;
  baseCurrency: string;
}

export const BankContext = createContext<Bank | null>(null);

export function useBank(): Bank {
  const bank = use(BankContext);
  if (!bank) throw new Error("useBank is for what is below a session");
  return bank;
}
