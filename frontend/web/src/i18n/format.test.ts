import { expect, test } from "vitest";
import { formats } from "./format";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test("a duration is told in its two largest units", () => {
  const { duration } = formats("en");
  expect(duration(3 * DAY + 4 * HOUR + 5 * MINUTE)).toBe("3 days 4 hours");
  expect(duration(HOUR + 30 * MINUTE)).toBe("1 hour 30 minutes");
  expect(duration(3 * DAY + 5 * MINUTE)).toBe("3 days");
  expect(duration(59_000)).toBe("0 minutes");
});

test("in Chinese without blanks", () => {
  expect(formats("zh").duration(3 * DAY + 4 * HOUR)).toBe("3天4小时");
});
