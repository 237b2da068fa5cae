import { daysAfter, instantIn } from "@/i18n/zone";
import type { Bank } from "@/session/BankContext";

/** The instants at which the bank's business date begins, and the day after it. */
export function beginsAt(bank: Pick<Bank, "businessDate" | "timeZone">): { today: string; tomorrow: string } {
  const begins = (date: string) => instantIn(date, "00:00", bank.timeZone).toISOString();
  return { today: begins(bank.businessDate), tomorrow: begins(daysAfter(bank.businessDate, 1)) };
}
