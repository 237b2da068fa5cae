/** The same day so many months before; the month's last one where it has no such day. */
export function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The months from one day's to another's, "2026-10", both among them. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  const [year = 0, month = 1] = from.split("-").map(Number);
  for (let at = 0; ; at++) {
    const each = new Date(Date.UTC(year, month - 1 + at, 1)).toISOString().slice(0, 7);
    if (each > to.slice(0, 7)) return months;
    months.push(each);
  }
}
