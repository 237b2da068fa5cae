import { expect, test } from "vitest";
import { decimalOf, hundredthsOf } from "./hundredths";

test.each([
  ["0.00", 0n],
  ["1234.5", 123450n],
  ["-0.05", -5n],
  ["-12.30", -1230n],
  ["90071992547409931.27", 9007199254740993127n],
])("%s is %s hundredths", (decimal, hundredths) => {
  expect(hundredthsOf(decimal)).toBe(hundredths);
  expect(hundredthsOf(decimalOf(hundredths))).toBe(hundredths);
});
