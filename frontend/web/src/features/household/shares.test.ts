import { expect, test } from "vitest";
import { sharesOf } from "./shares";

const yuan = (id: string, sum: string) => ({ id, balances: [{ currency: "CNY", sum }] });

test("each has a share of what they have together, to the hundredth", () => {
  const { total, ratios } = sharesOf([yuan("a", "0.10"), yuan("b", "0.20"), { id: "c", balances: [] }]);
  expect(total).toEqual({ amount: "0.30", currency: "CNY" });
  expect(Array.from(ratios)).toEqual([
    ["a", 0.3333],
    ["b", 0.6666],
    ["c", 0],
  ]);
});

test("there are no shares of debts", () => {
  const { total, ratios } = sharesOf([yuan("a", "100.00"), yuan("b", "-30.00")]);
  expect(total).toEqual({ amount: "70.00", currency: "CNY" });
  expect(ratios.size).toBe(0);
});

test("nothing is known where no balance may be seen", () => {
  expect(sharesOf([{ id: "a", balances: [] }])).toEqual({ total: null, ratios: new Map() });
});
