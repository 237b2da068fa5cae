import type { TransactionWhere } from "@/graph/generated/graphql";
import { monthsBefore } from "@/i18n/calendar";

/** Which movements of a customer's accounts are looked at. */
export interface TransactionFilter {
  accountId: string | null;
  direction: "CREDIT" | "DEBIT" | null;
  purpose: string | null;
  /** How many months up to the business date; null for all there are. */
  months: number | null;
}

export const UNFILTERED: TransactionFilter = { accountId: null, direction: null, purpose: null, months: 12 };

export function transactionWhere(customerId: string, filter: TransactionFilter, businessDate: string): TransactionWhere {
  return {
    account: {
      holders: { some: { customer: { id: { eq: customerId } } } },
      ...(filter.accountId ? { id: { eq: filter.accountId } } : {}),
    },
    ...(filter.direction ? { direction: { eq: filter.direction as never } } : {}),
    ...(filter.purpose ? { purpose: { eq: filter.purpose as never } } : {}),
    ...(filter.months ? { bookedOn: { gt: monthsBefore(businessDate, filter.months), lte: businessDate } } : {}),
  };
}
