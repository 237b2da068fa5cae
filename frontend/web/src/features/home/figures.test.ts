import { expect, test } from "vitest";
import { columnOf, sideBySide, sumIn } from "./figures";

const chaoyang = { id: "bra_3", name: "Chaoyang" };
const haidian = { id: "bra_17", name: "Haidian" };

test("lists are put side by side by what they are grouped by; what a whole list does not name is nothing", () => {
  const rows = sideBySide({
    customers: {
      groups: [
        { key: haidian, value: "20" },
        { key: chaoyang, value: "10" },
      ],
      absent: "0",
    },
    tickets: { groups: [{ key: chaoyang, value: "2" }], absent: "0" },
  });
  expect(rows).toEqual([
    { id: "bra_17", name: "Haidian", values: { customers: "20", tickets: "0" } },
    { id: "bra_3", name: "Chaoyang", values: { customers: "10", tickets: "2" } },
  ]);
});

test("what only a later list names comes after, and rows without it last", () => {
  const rows = sideBySide({
    customers: { groups: [{ key: null, value: "5" }], absent: null },
    tickets: { groups: [{ key: chaoyang, value: "1" }], absent: null },
  });
  expect(rows.map(({ id }) => id)).toEqual(["bra_3", ""]);
});

test("a list that was not asked for or is cut, and a figure that is suppressed, leave their columns open", () => {
  const rows = sideBySide({
    customers: { groups: [{ key: chaoyang, value: null }], absent: "0" },
    open: { groups: [], absent: null },
    overdue: { groups: undefined, absent: "0" },
  });
  expect(rows).toEqual([{ id: "bra_3", name: "Chaoyang", values: {} }]);
});

test("sums of other currencies are not mixed in", () => {
  const sums = [
    { currency: "CNY", sum: "1.00" },
    { currency: "USD", sum: "2.00" },
  ];
  expect(sumIn("CNY", sums)).toBe("1.00");
  expect(sumIn("EUR", sums)).toBeUndefined();
});

const groupOf = ({ count }: { count: string }) => ({ key: haidian, value: count });

test("a list that came back full may have left some out, and names nothing of the others", () => {
  const list = { aggregates: [{ count: "20" }, { count: "10" }] };
  expect(columnOf(list, { first: 3, absent: "0" }, groupOf).absent).toBe("0");
  expect(columnOf(list, { first: 2, absent: "0" }, groupOf).absent).toBeNull();
});
