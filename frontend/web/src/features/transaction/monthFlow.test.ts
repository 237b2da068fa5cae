import { expect, test } from "vitest";
import { flowOf } from "./monthFlow";

const group = (bookedOn: string, direction: string, currency: string, sum: string) => ({
  key: { bookedOn, direction },
  count: "1",
  amount: [{ currency, sum }],
});

test("in and out of a month stand beside each other, and months without a movement are there", () => {
  const groups = [
    group("2026-08-01", "CREDIT", "CNY", "100.00"),
    group("2026-08-01", "DEBIT", "CNY", "30.00"),
    group("2026-10-01", "DEBIT", "CNY", "7.50"),
    group("2026-10-01", "CREDIT", "USD", "1.00"),
  ];
  const [yuan, dollars] = flowOf(groups, { to: "2026-10-31", months: 2 }, "0.00");
  expect(yuan).toEqual({
    currency: "CNY",
    months: [
      { month: "2026-08", in: "100.00", out: "30.00" },
      { month: "2026-09", in: "0.00", out: "0.00" },
      { month: "2026-10", in: "0.00", out: "7.50" },
    ],
  });
  expect(dollars?.months.at(-1)).toEqual({ month: "2026-10", in: "1.00", out: "0.00" });
});

test("without a period they begin with the first movement", () => {
  const [flow] = flowOf([group("2026-09-01", "CREDIT", "CNY", "1.00")], { to: "2026-10-31", months: null }, "0.00");
  expect(flow?.months.map(({ month }) => month)).toEqual(["2026-09", "2026-10"]);
});

test("what is kept from the reader is not nothing", () => {
  const [flow] = flowOf([group("2026-10-01", "CREDIT", "CNY", "1.00")], { to: "2026-10-31", months: 1 }, null);
  expect(flow?.months).toEqual([
    { month: "2026-09", in: null, out: null },
    { month: "2026-10", in: "1.00", out: null },
  ]);
});
