"""When the bank works: calendars and the days that differ."""

KEPT = """coalesce(
    (SELECT above.working_calendar_id FROM ketu.branch AS above
     WHERE b.position BETWEEN above.position AND above.position_end AND above.working_calendar_id IS NOT NULL
     ORDER BY above.position DESC LIMIT 1),
    (SELECT id FROM ketu.working_calendar WHERE is_bank_wide))"""
DAYS = """c.id, d.id FROM ketu.working_calendar AS c JOIN ketu.calendar_day AS d ON d.working_calendar_id = c.id
    UNION ALL SELECT c.id, d.id FROM ketu.working_calendar AS c, ketu.working_calendar AS bank
    JOIN ketu.calendar_day AS d ON d.working_calendar_id = bank.id
    WHERE bank.is_bank_wide AND NOT c.is_bank_wide AND d.falls_on <> ALL (
        ARRAY(SELECT own.falls_on FROM ketu.calendar_day AS own WHERE own.working_calendar_id = c.id))"""

ROWS = {
    "calendar_day": (("branch:read",), "true"),
    "working_calendar": (("branch:read",), "true"),
}
REFERENCE = {"calendar_day", "working_calendar"}

LINKS = {
    "Branch.calendar": f"b.id, {KEPT} FROM ketu.branch AS b",
    "Branch.ownCalendar": "id, working_calendar_id FROM ketu.branch",
    "CalendarDay.calendar": "id, working_calendar_id FROM ketu.calendar_day",
    "WorkingCalendar.branches": f"{KEPT}, b.id FROM ketu.branch AS b",
    "WorkingCalendar.days": DAYS,
    "WorkingCalendar.ownBranches": "working_calendar_id, id FROM ketu.branch",
    "WorkingCalendar.ownDays": "working_calendar_id, id FROM ketu.calendar_day",
}
