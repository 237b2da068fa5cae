import { describe, expect, test } from "vitest";
import { between, total } from "./balanceSteps";

describe("the closes of a period", () => {
  const closes = [
    { day: "2026-03-10", hundredths: 300n },
    { day: "2026-01-05", hundredths: 100n },
    { day: "2026-02-01", hundredths: 200n },
  ];
  test("begin with what there was before and last to its end", () => {
    expect(between(closes, "2026-02-15", "2026-04-01")).toEqual([
      { day: "2026-02-15", hundredths: 200n },
      { day: "2026-03-10", hundredths: 300n },
      { day: "2026-04-01", hundredths: 300n },
    ]);
  });
  test("begin when the account does", () => {
    expect(between(closes, "2025-12-01", "2026-01-20").map(({ day }) => day)).toEqual(["2026-01-05", "2026-01-20"]);
  });
  test("are none where nothing is known", () => {
    expect(between(closes, "2025-01-01", "2025-12-31")).toEqual([]);
  });
});

test("the total changes when one of the accounts does", () => {
  const one = [
    { day: "2026-01-01", hundredths: 100n },
    { day: "2026-01-03", hundredths: 50n },
  ];
  const other = [
    { day: "2026-01-02", hundredths: 10n },
    { day: "2026-01-03", hundredths: 20n },
  ];
  expect(total([one, other])).toEqual([
    { day: "2026-01-01", hundredths: 100n },
    { day: "2026-01-02", hundredths: 110n },
    { day: "2026-01-03", hundredths: 70n },
  ]);
});
