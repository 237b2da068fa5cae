import { expect, test } from "vitest";
import { formats } from "./format";

const yuan = (amount: string) => ({ amount, currency: "CNY" });

test("large amounts are told in 万 and 亿, small ones whole", () => {
  const zh = formats("zh");
  expect(zh.moneyShort(yuan("9999.50"))).toBe("¥9,999.50");
  expect(zh.moneyShort(yuan("10000.00"))).toBe("¥1.00万");
  expect(zh.moneyShort(yuan("18294400.00"))).toBe("¥1,829.44万");
  expect(zh.moneyShort(yuan("207999.99"))).toBe("¥20.80万");
  expect(zh.moneyShort(yuan("-123456789.00"))).toBe("-¥1.23亿");
});

test("large amounts are told in K, M and B in English", () => {
  const en = formats("en");
  expect(en.moneyShort(yuan("1234567.00"))).toBe("¥1.23M");
  expect(en.moneyShort(yuan("12345.00"))).toBe("¥12.35K");
});

test("no digit of an amount is lost on the way", () => {
  expect(formats("zh").money(yuan("9007199254740993.01"))).toBe("¥9,007,199,254,740,993.01");
});

test("instants are told by the bank's clock, dates as they are", () => {
  const zh = formats("zh", "Asia/Shanghai");
  expect(zh.dateTime("2026-10-30T17:05:09.000000Z")).toBe("2026-10-31 01:05");
  expect(zh.dateTimeShort("2026-10-30T17:05:09.000000Z")).toBe("10-31 01:05");
  expect(zh.dayOf("2026-10-30T17:05:09.000000Z")).toBe("2026-10-31");
  expect(zh.date("2026-10-31")).toBe("2026-10-31");
});

test("a decimal has no zeros at its end", () => {
  expect(formats("zh").decimal("290.000000")).toBe("290");
  expect(formats("en").decimal("1234.500000")).toBe("1,234.5");
});
