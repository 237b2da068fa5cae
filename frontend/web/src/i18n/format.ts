import type { Language } from "./language";

export interface MoneyValue {
  amount: string;
  currency: string;
}

export type Formats = ReturnType<typeof formats>;

const LOCALES: Record<Language, string> = { zh: "zh-CN", en: "en-GB" };

/**
 * Formats of one language. Decimals stay texts all the way: Intl takes them digit by digit, no float comes between.
 *
 * timeZone  IANA name of the bank's zone; without, the machine's
 */
export function formats(language: Language, timeZone?: string) {
  const locale = LOCALES[language];
  const zone = timeZone ? { timeZone } : {};
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 2 });
  const plain = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const day = new Intl.DateTimeFormat(locale, { year: "numeric", month: "2-digit", day: "2-digit", timeZone: "UTC" });
  const instant = new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    ...zone,
  });
  const short = new Intl.DateTimeFormat(locale, {
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    ...zone,
  });
  const month = new Intl.DateTimeFormat(locale, { year: "numeric", month: "2-digit", timeZone: "UTC" });
  const dayInZone = new Intl.DateTimeFormat("sv-SE", zone);

  return {
    /** "1,234" */
    count: (value: number | string) => integer.format(value as Intl.StringNumericLiteral),
    /** "1.23万", "1.23K" */
    compact: (value: number | string) => compact.format(value as Intl.StringNumericLiteral),
    /** "1,234.50" */
    decimal: (value: string) => plain.format(value as Intl.StringNumericLiteral),
    /** "¥1,234.50" */
    money: (money: MoneyValue) => currency(locale, money.currency).format(money.amount as Intl.StringNumericLiteral),
    /** "¥123.46万", "¥1.2亿"; "CN¥1.23M" */
    moneyShort: (money: MoneyValue) =>
      currency(locale, money.currency, "compact").format(money.amount as Intl.StringNumericLiteral),
    /** "85%", of a ratio */
    percent: (ratio: number | string) => percent.format(ratio as Intl.StringNumericLiteral),
    /** A date without a time, "2026-10-31" */
    date: (date: string) => day.format(new Date(`${date}T00:00:00Z`)),
    /** An instant, to the minute */
    dateTime: (at: string) => instant.format(new Date(at)),
    /** An instant of about now, without its year */
    dateTimeShort: (at: string) => short.format(new Date(at)),
    month: (date: string) => month.format(new Date(`${date}T00:00:00Z`)),
    /** "3天4小时", "3 days 4 hours": a time in its two largest units */
    duration: (milliseconds: number) => duration(locale, milliseconds),
    /** The calendar day of an instant in the bank, "2026-10-31" whatever the language */
    dayOf: (at: string | Date) => dayInZone.format(new Date(at)),
  };
}

const UNITS = [
  ["day", 1440],
  ["hour", 60],
  ["minute", 1],
] as const;

function duration(locale: string, milliseconds: number): string {
  let minutes = Math.floor(milliseconds / 60_000);
  const parts: string[] = [];
  for (const [unit, length] of UNITS) {
    const count = Math.floor(minutes / length);
    minutes -= count * length;
    if (count > 0 || (unit === "minute" && !parts.length)) {
      parts.push(new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count));
    } else if (parts.length) break;
    if (parts.length === 2) break;
  }
  return parts.join(locale.startsWith("zh") ? "" : " ");
}

const currencies = new Map<string, Intl.NumberFormat>();

function currency(locale: string, code: string, notation: "standard" | "compact" = "standard"): Intl.NumberFormat {
  const key = `${locale} ${code} ${notation}`;
  let found = currencies.get(key);
  if (!found) {
    found = new Intl.NumberFormat(locale, {
      style: "currency",
      currency: code,
      currencyDisplay: "narrowSymbol",
      notation,
      ...(notation === "compact" ? { maximumFractionDigits: 2 } : {}),
    });
    currencies.set(key, found);
  }
  return found;
}
