"""The working calendar of a branch, as rules count with it."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from domain.working_calendar.model import WEEKDAYS, Calendar, CalendarDayKind, hours_of, hours_of_day, usual_calendar

KEPT = """
    SELECT bank.time_zone, calendar.* FROM ketu.bank AS bank
    LEFT JOIN ketu.working_calendar AS calendar ON calendar.id = coalesce(
        (SELECT above.working_calendar_id FROM ketu.branch AS branch
         JOIN ketu.branch AS above ON branch.position BETWEEN above.position AND above.position_end
         WHERE branch.id = $1 AND above.working_calendar_id IS NOT NULL
         ORDER BY above.position DESC LIMIT 1),
        (SELECT id FROM ketu.working_calendar WHERE is_bank_wide))
"""
"""The branch's own, else that of the nearest branch above with one, else the bank's."""
DAYS = """
    SELECT DISTINCT ON (day.falls_on) day.falls_on, day.kind, day.hours
    FROM ketu.calendar_day AS day JOIN ketu.working_calendar AS calendar ON calendar.id = day.working_calendar_id
    WHERE (calendar.id = $1 OR calendar.is_bank_wide) AND day.falls_on >= $2
    ORDER BY day.falls_on, calendar.id = $1 DESC
"""


async def calendar_of(connection: Any, branch_id: int | None, *, since: date) -> Calendar:
    """The calendar that a branch keeps, with the days from `since` on that differ; None: the bank's."""
    kept = await connection.fetchrow(KEPT, branch_id)
    zone = ZoneInfo(kept["time_zone"])
    if kept["id"] is None:
        return usual_calendar(zone)
    week = [hours_of(kept[weekday]) for weekday in WEEKDAYS]
    days = {
        row["falls_on"]: hours_of_day(CalendarDayKind[row["kind"]], hours_of(row["hours"]), week)
        for row in await connection.fetch(DAYS, kept["id"], since)
    }
    return Calendar(zone, week, days)
