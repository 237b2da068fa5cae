import { expect, test } from "vitest";
import { sharesOf } from "./shares";

test("each has a share of what they have together", () => {
  const members = [
    { id: "a", amount: "0.10" },
    { id: "b", amount: "0.20" },
    { id: "c", amount: "0.00" },
  ];
  expect(Array.from(sharesOf(members))).toEqual([
    ["a", 0.3333],
    ["b", 0.6666],
    ["c", 0],
  ]);
});

test("there are no shares of debts, of nothing, or of what is not known", () => {
  expect(sharesOf([{ id: "a", amount: "100.00" }, { id: "b", amount: "-30.00" }]).size).toBe(0);
  expect(sharesOf([{ id: "a", amount: "0.00" }]).size).toBe(0);
  expect(sharesOf([{ id: "a", amount: "1.00" }, { id: "b", amount: null }]).size).toBe(0);
});
