"""Saying when the bank and its branches work, each within the caller's transaction.

What is due already stays due when it was: a deadline is what the customer was told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.command.checks import must_be_current
from domain.command.model import Change, Outcome, invalid_input
from domain.shared.sort_key import sort_key
from domain.working_calendar.model import OFFICE_HOURS, WEEKDAYS, CalendarDayKind

BANK_HAS_ONE = "SELECT EXISTS (SELECT FROM ketu.working_calendar WHERE is_bank_wide)"
NAMED = "SELECT id FROM ketu.working_calendar WHERE name = $1"
CREATE = """
    INSERT INTO ketu.working_calendar (name, name_sort_key, is_bank_wide,
                                       monday, tuesday, wednesday, thursday, friday, saturday, sunday)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id
"""
CHANGE = """
    UPDATE ketu.working_calendar SET name = $2, name_sort_key = $3, monday = $4, tuesday = $5, wednesday = $6,
                                     thursday = $7, friday = $8, saturday = $9, sunday = $10
    WHERE id = $1
"""
HELD = "SELECT * FROM ketu.calendar_day WHERE working_calendar_id = $1 AND falls_on = $2 FOR UPDATE"
SET = """
    INSERT INTO ketu.calendar_day (working_calendar_id, falls_on, kind, name, hours) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (working_calendar_id, falls_on) DO UPDATE SET kind = $3, name = $4, hours = $5
    RETURNING id, (xmax = 0) AS is_new
"""
REMOVE = "DELETE FROM ketu.calendar_day WHERE id = $1"
ASSIGN = "UPDATE ketu.branch SET working_calendar_id = $2 WHERE id = $1"
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('ketu.working_calendar'))"

Week = Mapping[str, Sequence[str]]
"""Hours as they are written, by weekday; those that were said."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day that differs."""

    falls_on: date
    kind: CalendarDayKind
    name: str
    hours: Sequence[str]


async def has_calendar(connection: Any) -> bool:
    """Whether the bank has said when it works."""
    return await connection.fetchval(BANK_HAS_ONE)


async def create(connection: Any, *, name: str, week: Week) -> Outcome:
    """A calendar; the first one is the bank's. Weekdays of which nothing is said have office hours, weekends none."""
    await connection.execute(ONE_AT_A_TIME)
    await _must_be_new(connection, name)
    said = {
        weekday: week.get(weekday, OFFICE_HOURS if place < 5 else ()) for place, weekday in enumerate(WEEKDAYS)
    }  # fmt: skip
    _must_have_hours(said)
    is_first = not await has_calendar(connection)
    hours = [list(said[weekday]) for weekday in WEEKDAYS]
    calendar_id = await connection.fetchval(CREATE, name, sort_key(name), is_first, *hours)
    return Outcome({"calendar": calendar_id}, [Change("working_calendar", calendar_id, "CREATED")])


async def change_hours(connection: Any, calendar: Any, *, name: str | None, week: Week) -> Outcome:
    """Other weekly hours, and perhaps another name."""
    called: str = calendar["name"] if name is None else name
    if called != calendar["name"]:
        await connection.execute(ONE_AT_A_TIME)
        await _must_be_new(connection, called)
    said = {weekday: week.get(weekday, calendar[weekday]) for weekday in WEEKDAYS}
    _must_have_hours(said)
    hours = [list(said[weekday]) for weekday in WEEKDAYS]
    await connection.execute(CHANGE, calendar["id"], called, sort_key(called), *hours)
    fields = [weekday for weekday in WEEKDAYS if list(said[weekday]) != list(calendar[weekday])]
    return _changed(calendar, [*(["name"] if called != calendar["name"] else []), *fields])


async def assign(connection: Any, branch: Any, calendar_id: int | None) -> Outcome:
    """A branch keeps this calendar, and with it those below that keep none of their own; None: that of above."""
    await connection.execute(ASSIGN, branch["id"], calendar_id)
    change = Change("branch", branch["id"], "CHANGED", fields=["ownCalendar"], branch_ids=[branch["id"]])
    return Outcome({"branch": branch["id"], "calendar": calendar_id}, [change])


async def set_day(connection: Any, calendar: Any, day: Day, *, expected_version: int | None) -> Outcome:
    """A day differs from its weekday from here on, in the place of what was said of it before; no change where the same
    was said.
    """
    if day.kind is CalendarDayKind.HOLIDAY and day.hours:
        raise invalid_input("Nobody works on a holiday: leave its hours out.", "input", "hours")
    said = {"kind": day.kind.name, "name": day.name, "hours": list(day.hours)}
    held = await connection.fetchrow(HELD, calendar["id"], day.falls_on)
    if expected_version is not None:
        must_be_current(held or {"version": 0}, expected_version)
    fields = [name for name, value in said.items() if held and held[name] != value]
    if held and not fields:
        return Outcome({"calendarDay": held["id"], "calendar": calendar["id"]}, [])
    row = await connection.fetchrow(SET, calendar["id"], day.falls_on, *said.values())
    action = "CREATED" if row["is_new"] else "CHANGED"
    values = {"calendarDay": row["id"], "calendar": calendar["id"]}
    return Outcome(values, [Change("calendar_day", row["id"], action, fields=fields)])


async def remove_day(connection: Any, day: Any) -> Outcome:
    """A day is like its weekday again; one that the bank's calendar tells of is as it says."""
    await connection.execute(REMOVE, day["id"])
    return Outcome({"calendar": day["working_calendar_id"]}, [Change("calendar_day", day["id"], "DELETED")])


async def _must_be_new(connection: Any, name: str) -> None:
    if await connection.fetchval(NAMED, name) is not None:
        raise invalid_input("There is a calendar of this name already.", "input", "name")


def _must_have_hours(week: Week) -> None:
    if not any(week.values()):
        raise invalid_input("Somebody works on some weekday: write its hours, as 09:00-17:30.", "input")


def _changed(calendar: Any, fields: Sequence[str]) -> Outcome:
    change = Change("working_calendar", calendar["id"], "CHANGED", fields=fields)
    return Outcome({"calendar": calendar["id"]}, [change])
