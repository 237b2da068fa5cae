/** The instant at which clocks of a zone show a time on a date: ("2026-10-31", "09:00", "Asia/Shanghai"). */
export function instantIn(date: string, time: string, timeZone: string | undefined): Date {
  const asUtc = Date.parse(`${date}T${time}Z`);
  // The offset that is valid about then, and again where the first guess lay on the other side of a change of clocks.
  const first = asUtc - offsetAt(asUtc, timeZone);
  return new Date(asUtc - offsetAt(first, timeZone));
}

/** What clocks of a zone show at an instant, "2026-10-31T09:00". */
export function clockIn(at: Date, timeZone: string | undefined): string {
  return new Date(at.getTime() + offsetAt(at.getTime(), timeZone)).toISOString().slice(0, 16);
}

/** The date so many days after another one, "2026-10-31". */
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The Sunday of a date's week. */
export function endOfWeek(date: string): string {
  return daysAfter(date, (7 - new Date(`${date}T00:00Z`).getUTCDay()) % 7);
}

function offsetAt(at: number, timeZone: string | undefined): number {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    ...(timeZone ? { timeZone } : {}),
    dateStyle: "short",
    timeStyle: "medium",
  }).format(at);
  return Date.parse(`${parts.replace(" ", "T")}Z`) - Math.floor(at / 1000) * 1000;
}
