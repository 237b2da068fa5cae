import { expect, test } from "vitest";
import { transactionWhere, UNFILTERED } from "./transactionWhere";

test("a customer's movements are those of the accounts that they hold, up to the business date", () => {
  expect(transactionWhere("cus_1", UNFILTERED, "2026-10-31")).toEqual({
    account: { holders: { some: { customer: { id: { eq: "cus_1" } } } } },
    bookedOn: { gt: "2025-10-31", lte: "2026-10-31" },
  });
});

test("an account that is chosen has to be one of theirs", () => {
  const where = transactionWhere("cus_1", { accountId: "acc_2", direction: "DEBIT", purpose: "SALARY", months: null }, "2026-10-31");
  expect(where).toEqual({
    account: { holders: { some: { customer: { id: { eq: "cus_1" } } } }, id: { eq: "acc_2" } },
    direction: { eq: "DEBIT" },
    purpose: { eq: "SALARY" },
  });
});
