import { daysAfter } from "@/i18n/zone";

/** The Mondays of so many weeks, the last one of them the week of a date. */
export function weeksUntil(date: string, count: number): readonly string[] {
  const sinceMonday = (new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7;
  const monday = daysAfter(date, -sinceMonday);
  return Array.from({ length: count }, (_, week) => daysAfter(monday, 7 * (week - count + 1)));
}
