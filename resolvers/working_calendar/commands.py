"""Saying when the bank and its branches work."""

from collections.abc import Mapping
from typing import Any

from authz.permissions import Permission
from domain.command.checks import must_be_current, written, written_if_given
from domain.command.model import Outcome, invalid_input, not_found, not_permitted
from domain.working_calendar import service
from domain.working_calendar.model import LONGEST_NAME, WEEKDAYS, CalendarDayKind, HoursError, hours_of
from domain.working_calendar.service import Day, Week
from resolvers.engine.edges import Command
from resolvers.engine.mutation import CommandContext

CALENDAR = "SELECT * FROM ketu.working_calendar WHERE id = $1 FOR UPDATE"
BANK_WIDE = "SELECT * FROM ketu.working_calendar WHERE is_bank_wide FOR UPDATE"
DAY = "SELECT * FROM ketu.calendar_day WHERE id = $1 FOR UPDATE"
BRANCH = "SELECT * FROM ketu.branch WHERE id = $1 FOR UPDATE"


async def _create(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    _must_reach_the_bank(context)
    name = written(given["name"], LONGEST_NAME, "input", "name")
    return await service.create(context.connection, name=name, week=_week(given))


async def _change(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    _must_reach_the_bank(context)
    calendar = await _held(context, CALENDAR, "WorkingCalendar", given, "id")
    must_be_current(calendar, given["expected_version"])
    name = written_if_given(given.get("name"), LONGEST_NAME, "input", "name")
    return await service.change_hours(context.connection, calendar, name=name, week=_week(given))


async def _assign(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    _must_reach_the_bank(context)
    branch = await _held(context, BRANCH, "Branch", given, "branch_id", "branchId")
    must_be_current(branch, given["expected_version"])
    calendar_id = None
    if given.get("calendar_id") is not None:
        calendar = await _held(context, CALENDAR, "WorkingCalendar", given, "calendar_id", "calendarId")
        calendar_id = calendar["id"]
    return await service.assign(context.connection, branch, calendar_id)


async def _set_day(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    _must_reach_the_bank(context)
    day = Day(
        falls_on=given["falls_on"],
        kind=CalendarDayKind[given["kind"].name],
        name=written(given["name"], LONGEST_NAME, "input", "name"),
        hours=_hours(given.get("hours") or [], "hours"),
    )
    if given.get("calendar_id") is not None:
        calendar = await _held(context, CALENDAR, "WorkingCalendar", given, "calendar_id", "calendarId")
    elif (calendar := await context.connection.fetchrow(BANK_WIDE)) is None:
        raise invalid_input("The bank has no calendar yet: create one first.", "input", "calendarId")
    return await service.set_day(context.connection, calendar, day, expected_version=given.get("expected_version"))


async def _remove_day(context: CommandContext, given: Mapping[str, Any]) -> Outcome:
    _must_reach_the_bank(context)
    day = await _held(context, DAY, "CalendarDay", given, "id")
    must_be_current(day, given["expected_version"])
    return await service.remove_day(context.connection, day)


def _must_reach_the_bank(context: CommandContext) -> None:
    """A calendar may be kept anywhere, so no smaller reach will do."""
    if not context.reader.scope_of[Permission.WORKING_CALENDAR_CHANGE].is_everything:
        raise not_permitted("Calendars take working_calendar:change over the whole bank.", "input")


async def _held(
    context: CommandContext, statement: str, type_name: str, given: Mapping[str, Any], name: str, shown: str = "id"
) -> Any:
    """A row that the input names, held until the transaction ends."""
    row = await context.connection.fetchrow(statement, context.row_id(type_name, given[name], "input", shown))
    if row is None or context.reader.scope_of[Permission.BRANCH_READ].is_nothing:
        raise not_found("input", shown)
    return row


def _week(given: Mapping[str, Any]) -> Week:
    """The weekly hours that the input says."""
    return {name: _hours(given[name], name) for name in WEEKDAYS if given.get(name) is not None}


def _hours(written_hours: list[str], name: str) -> list[str]:
    try:
        hours_of(written_hours)
    except HoursError as fault:
        raise invalid_input(str(fault), "input", name) from fault
    return written_hours


create = Command("CreateWorkingCalendarPayload", Permission.WORKING_CALENDAR_CHANGE, _create)
change = Command("ChangeWorkingHoursPayload", Permission.WORKING_CALENDAR_CHANGE, _change)
assign = Command("AssignWorkingCalendarPayload", Permission.WORKING_CALENDAR_CHANGE, _assign)
set_day = Command("SetCalendarDayPayload", Permission.WORKING_CALENDAR_CHANGE, _set_day)
remove_day = Command("RemoveCalendarDayPayload", Permission.WORKING_CALENDAR_CHANGE, _remove_day)
