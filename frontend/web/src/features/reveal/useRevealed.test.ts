import { act, renderHook } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { secondsUntil, useRevealed } from "./useRevealed";

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

afterEach(() => void vi.useRealTimers());

test("a value goes by the clock, though the machine slept and counted nothing", () => {
  vi.useFakeTimers({ now: NOW });
  const { result } = renderHook(useRevealed);
  act(() => result.current.show("13800000000", "2026-03-31T08:01:00Z"));
  act(() => void vi.advanceTimersByTime(10_000));
  expect(result.current).toMatchObject({ value: "13800000000", secondsLeft: 50 });
  vi.setSystemTime(NOW + 3_600_000);
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
  expect(result.current.value).toBeNull();
});
