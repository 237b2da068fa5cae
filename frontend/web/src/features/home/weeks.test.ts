import { expect, test } from "vitest";
import { weeksUntil } from "./weeks";

test("weeks begin on Mondays and end with that of the date", () => {
  // A Saturday, and the Monday and Sunday about it.
  for (const date of ["2026-10-26", "2026-10-31", "2026-11-01"]) {
    expect(weeksUntil(date, 3)).toEqual(["2026-10-12", "2026-10-19", "2026-10-26"]);
  }
});
