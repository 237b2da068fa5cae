import { expect, test } from "vitest";
import { clockIn, daysAfter, endOfWeek, instantIn } from "./zone";

test("a time of the bank's day is one instant, whatever zone the machine is in", () => {
  expect(instantIn("2026-10-31", "09:00", "Asia/Shanghai").toISOString()).toBe("2026-10-31T01:00:00.000Z");
  expect(instantIn("2026-01-01", "00:00", "America/New_York").toISOString()).toBe("2026-01-01T05:00:00.000Z");
});

test("the hours around a change of clocks", () => {
  expect(instantIn("2026-03-29", "00:30", "Europe/Berlin").toISOString()).toBe("2026-03-28T23:30:00.000Z");
  expect(instantIn("2026-03-29", "03:30", "Europe/Berlin").toISOString()).toBe("2026-03-29T01:30:00.000Z");
});

test("a clock shows what it was set to", () => {
  for (const zone of ["Asia/Shanghai", "America/New_York", "Asia/Kathmandu", undefined]) {
    expect(clockIn(instantIn("2026-10-31", "17:45", zone), zone)).toBe("2026-10-31T17:45");
  }
});

test("days after one another, over the ends of months and years", () => {
  expect(daysAfter("2026-10-31", 1)).toBe("2026-11-01");
  expect(daysAfter("2027-01-01", -1)).toBe("2026-12-31");
});

test("a week ends on its Sunday", () => {
  expect(endOfWeek("2026-10-31")).toBe("2026-11-01");
  expect(endOfWeek("2026-11-01")).toBe("2026-11-01");
  expect(endOfWeek("2026-11-02")).toBe("2026-11-08");
});
