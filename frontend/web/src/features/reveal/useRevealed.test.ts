import { expect, test } from "vitest";
import { secondsUntil } from "./useRevealed";

const NOW = Date.parse("2026-03-31T08:00:00Z");

test("a value stays as long as the bank says", () => {
  expect(secondsUntil("2026-03-31T08:00:45Z", NOW)).toBe(45);
});

test.each([
  ["2026-03-31T08:10:00Z", 60],
  ["2026-03-31T07:50:00Z", 10],
])("where the two clocks disagree (%s) it stays for %i seconds", (until, seconds) => {
  expect(secondsUntil(until, NOW)).toBe(seconds);
});
