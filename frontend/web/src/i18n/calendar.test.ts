import { expect, test } from "vitest";
import { monthsBefore, monthsBetween } from "./calendar";

test("a month has the last of its days where it lacks one", () => {
  expect(monthsBefore("2026-05-31", 3)).toBe("2026-02-28");
  expect(monthsBefore("2026-10-31", 12)).toBe("2025-10-31");
  expect(monthsBefore("2026-01-15", 3)).toBe("2025-10-15");
});

test("months go on over the end of a year", () => {
  expect(monthsBetween("2025-11-30", "2026-02-01")).toEqual(["2025-11", "2025-12", "2026-01", "2026-02"]);
  expect(monthsBetween("2026-03-31", "2026-02-01")).toEqual([]);
});
