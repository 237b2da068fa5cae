import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ignoreIdleness, watchIdleness } from "./idleness";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  ignoreIdleness();
  vi.useRealTimers();
});

test("who has not touched the page for so long is gone, once", () => {
  const leave = vi.fn();
  watchIdleness(60, leave);
  vi.advanceTimersByTime(55_000);
  expect(leave).not.toHaveBeenCalled();
  vi.advanceTimersByTime(600_000);
  expect(leave).toHaveBeenCalledTimes(1);
});

test("a key begins the time anew", () => {
  const leave = vi.fn();
  watchIdleness(60, leave);
  vi.advanceTimersByTime(50_000);
  dispatchEvent(new KeyboardEvent("keydown", { key: "a" }));
  vi.advanceTimersByTime(50_000);
  expect(leave).not.toHaveBeenCalled();
  vi.advanceTimersByTime(15_000);
  expect(leave).toHaveBeenCalledTimes(1);
});

test("a token that was renewed is no sign of anybody", () => {
  const leave = vi.fn();
  watchIdleness(60, vi.fn());
  vi.advanceTimersByTime(40_000);
  watchIdleness(60, leave);
  vi.advanceTimersByTime(25_000);
  expect(leave).toHaveBeenCalledTimes(1);
});
