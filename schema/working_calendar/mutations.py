"""Saying when the bank and its branches work."""

import datetime

import strawberry

from domain.branch.tables import branch
from domain.working_calendar.model import CalendarDayKind
from domain.working_calendar.tables import calendar_day, working_calendar
from resolvers.engine.edges import OutcomeRow
from resolvers.working_calendar import commands
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(CalendarDayKind)

HOURS = "as `09:00-12:00`, `13:30-17:30`; an empty list where nobody works"
VERSION = "Its `version` as the client read it."


def _hours(weekday: str, unless_said: str) -> list[str] | None:
    return strawberry.field(
        description=f"Hours of a {weekday}, {HOURS}; {unless_said} unless said.", default=strawberry.UNSET
    )


@strawberry.input(description="Hours of branches that work at other times than the bank.")
class CreateWorkingCalendarInput:
    """A name, and weekly hours."""

    name: str = strawberry.field(description="A name that no other calendar has.")
    monday: list[str] | None = _hours("Monday", "09:00-17:30")
    tuesday: list[str] | None = _hours("Tuesday", "09:00-17:30")
    wednesday: list[str] | None = _hours("Wednesday", "09:00-17:30")
    thursday: list[str] | None = _hours("Thursday", "09:00-17:30")
    friday: list[str] | None = _hours("Friday", "09:00-17:30")
    saturday: list[str] | None = _hours("Saturday", "none")
    sunday: list[str] | None = _hours("Sunday", "none")


@strawberry.input(description="Other weekly hours.")
class ChangeWorkingHoursInput:
    """Which calendar, and what is new."""

    id: strawberry.ID = strawberry.field(description="The calendar.")
    expected_version: int = strawberry.field(description=VERSION)
    name: str | None = strawberry.field(description="Another name; as before unless said.", default=strawberry.UNSET)
    monday: list[str] | None = _hours("Monday", "as before")
    tuesday: list[str] | None = _hours("Tuesday", "as before")
    wednesday: list[str] | None = _hours("Wednesday", "as before")
    thursday: list[str] | None = _hours("Thursday", "as before")
    friday: list[str] | None = _hours("Friday", "as before")
    saturday: list[str] | None = _hours("Saturday", "as before")
    sunday: list[str] | None = _hours("Sunday", "as before")


@strawberry.input(description="Which calendar a branch is to keep.")
class AssignWorkingCalendarInput:
    """A branch and a calendar."""

    branch_id: strawberry.ID = strawberry.field(description="The branch; those below without one of their own follow.")
    expected_version: int = strawberry.field(description="The version of the branch that the client read.")
    calendar_id: strawberry.ID | None = strawberry.field(
        description="The calendar; null or left out: that of the nearest branch above with one, else the bank's.",
        default=strawberry.UNSET,
    )


@strawberry.input(description="A day that is to differ from its weekday.")
class SetCalendarDayInput:
    """Which day of which calendar, and how."""

    falls_on: datetime.date = strawberry.field(description="The day.")
    kind: CalendarDayKind = strawberry.field(description="How it differs.")
    name: str = strawberry.field(description="What it is called: 春节, 国庆节调休.")
    hours: list[str] | None = strawberry.field(
        description="Hours of a working day, as `09:00-17:30`; those of the first weekday with any unless said.",
        default=strawberry.UNSET,
    )
    calendar_id: strawberry.ID | None = strawberry.field(
        description="The calendar; the bank's unless said.", default=strawberry.UNSET
    )
    expected_version: int | None = strawberry.field(
        description="The version of the day that the client read, 0 where there was none; any unless said.",
        default=strawberry.UNSET,
    )


@strawberry.input(description="A day that is to be like its weekday again.")
class RemoveCalendarDayInput:
    """Which one."""

    id: strawberry.ID = strawberry.field(description="What a calendar says of the day.")
    expected_version: int = strawberry.field(description=VERSION)


CALENDAR = (
    OutcomeRow(working_calendar, "calendar"),
    "The calendar as it is now; null where there are errors.",
)
STAYS = "What is due already stays due when it was."

mutation(
    "create_working_calendar",
    commands.create,
    input=CreateWorkingCalendarInput,
    shows={"calendar": CALENDAR},
    errors=(NotPermitted, InvalidInput),
    description="Make a calendar that branches may be given; a bank's first one is the bank's.",
)
mutation(
    "change_working_hours",
    commands.change,
    input=ChangeWorkingHoursInput,
    shows={"calendar": CALENDAR},
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description=f"Change the weekly hours of a calendar. {STAYS}",
)
mutation(
    "assign_working_calendar",
    commands.assign,
    input=AssignWorkingCalendarInput,
    shows={
        "branch": (OutcomeRow(branch, "branch"), "The branch as it is now; null where there are errors."),
        "calendar": (
            OutcomeRow(working_calendar, "calendar"),
            "The calendar that it was given; null where it was given none, or where there are errors.",
        ),
    },
    errors=(NotFound, NotPermitted, Conflict),
    description=f"Let a branch and those below it keep a calendar. {STAYS}",
)
mutation(
    "set_calendar_day",
    commands.set_day,
    input=SetCalendarDayInput,
    shows={
        "calendarDay": (OutcomeRow(calendar_day, "calendarDay"), "The day as it is now; null where there are errors."),
        "calendar": CALENDAR,
    },
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Say that a day is a holiday, or that people work on it at hours of its own, in the place of what was "
    f"said of it before. {STAYS}",
    bulk="set_calendar_days",
)
mutation(
    "remove_calendar_day",
    commands.remove_day,
    input=RemoveCalendarDayInput,
    shows={"calendar": CALENDAR},
    errors=(NotFound, NotPermitted, Conflict),
    description=f"Let a day be like its weekday again, or as the bank's calendar says. {STAYS}",
)
