import type { Language } from "./language";

export interface MoneyValue {
  amount: string;
  currency: string;
}

export type Formats = ReturnType<typeof formats>;

const LOCALES: Record<Language, string> = { zh: "zh-CN", en: "en" };

/** Years first and dashes, in both languages: what stands in the bank's papers, and is not read in two ways. */
const DATES = "sv-SE";

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
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 10 });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const instant = new Intl.DateTimeFormat(DATES, { dateStyle: "short", timeStyle: "short", ...zone });
  const second = new Intl.DateTimeFormat(DATES, { dateStyle: "short", timeStyle: "medium", ...zone });
  const dayInZone = new Intl.DateTimeFormat(DATES, zone);

  return {
    /** "1,234" */
    count: (value: number | string) => integer.format(value as Intl.StringNumericLiteral),
    /** "0.5", "1,234": a decimal as it was written, without the zeros at its end */
    decimal: (value: string) => decimal.format(value as Intl.StringNumericLiteral),
    /** The same of what a chart shows; "—" of what is not told */
    countOrNothing: (value: unknown) => (typeof value === "number" ? integer.format(value) : "—"),
    /** "1.23万", "1.23K" */
    compact: (value: number | string) => compact.format(value as Intl.StringNumericLiteral),
    /** "¥1,234.50" */
    money: (money: MoneyValue) => currency(locale, money.currency).format(money.amount as Intl.StringNumericLiteral),
    /** "¥123.46万", "¥1.20亿"; "¥1.23M"; whole below ten thousand */
    moneyShort: (money: MoneyValue) =>
      currency(locale, money.currency, isLarge(money.amount) ? "compact" : "standard").format(
        money.amount as Intl.StringNumericLiteral,
      ),
    /** "85%", of a ratio */
    percent: (ratio: number | string) => percent.format(ratio as Intl.StringNumericLiteral),
    /** A date without a time, "2026-10-31" */
    date: (date: string) => date,
    /** An instant, to the minute */
    dateTime: (at: string) => instant.format(new Date(at)),
    /** An instant, to the second */
    dateTimeSeconds: (at: string) => second.format(new Date(at)),
    /** An instant of about now, without its year, "10-31 01:05" */
    dateTimeShort: (at: string) => instant.format(new Date(at)).slice("2026-".length),
    /** "3天4小时", "3d 4h": a time in its two largest units */
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
      parts.push(new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "narrow" }).format(count));
    } else if (parts.length) break;
    if (parts.length === 2) break;
  }
  return parts.join(locale.startsWith("zh") ? "" : " ");
}

/** Ten thousand or more: where 万 begins. */
function isLarge(amount: string): boolean {
  return /^-?\d{5}/.test(amount);
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
      useGrouping: "always",
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    });
    currencies.set(key, found);
  }
  return found;
}
