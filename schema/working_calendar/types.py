"""Working calendars as clients see them."""

from datetime import date

from domain.working_calendar.model import CalendarDayKind
from resolvers.working_calendar import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(CalendarDayKind)

HOURS = "as `09:00-17:30` on the bank's clock, in order; empty where nobody works."


@node(
    edges.rows,
    prefix="wca",
    description="When people work (工作日历): weekly hours and the days that differ. Deadlines in working time run by "
    "the calendar of the branch that answers.",
)
class WorkingCalendar(Node):
    """Hours and holidays."""

    name: str = field(edges.name, description="Its name; ordered by pinyin.")
    is_bank_wide: bool = field(
        description="Whether it is the bank's: branches without another one keep it, and its days hold in all others."
    )
    monday: list[str] = field(description=f"Hours of a Monday, {HOURS}")
    tuesday: list[str] = field(description=f"Hours of a Tuesday, {HOURS}")
    wednesday: list[str] = field(description=f"Hours of a Wednesday, {HOURS}")
    thursday: list[str] = field(description=f"Hours of a Thursday, {HOURS}")
    friday: list[str] = field(description=f"Hours of a Friday, {HOURS}")
    saturday: list[str] = field(description=f"Hours of a Saturday, {HOURS}")
    sunday: list[str] = field(description=f"Hours of a Sunday, {HOURS}")
    known_until: date | None = field(
        edges.known_until,
        description="The end of the last year of which the bank's holidays are known; later days are counted by the "
        "weekly hours and its own days alone. Null where none are known at all.",
    )
    days: ToMany = field(
        edges.days,
        description="Days that differ, the earliest first: its own, and the bank's where it says nothing else of them.",
    )
    own_days: ToMany = field(edges.own_days, description="Days that it says something of itself, the earliest first.")
    branches: ToMany = field(edges.branches, description="Branches that keep it, in the order of the coverage tree.")
    own_branches: ToMany = field(
        edges.own_branches, description="Branches that were given it, for themselves and those below them."
    )


@node(
    edges.day_rows,
    prefix="cda",
    description="A day on which people work otherwise than its weekday says (节假日与调休).",
)
class CalendarDay(Node):
    """A holiday, or a working day at a weekend."""

    falls_on: date = field(description="The day.")
    kind: CalendarDayKind = field(description="How it differs.")
    name: str = field(description="What it is called.")
    hours: list[str] = field(
        description="Hours of a working day, as `09:00-17:30`; empty on a holiday, and where they are those of the "
        "first weekday of the calendar that has any."
    )
    calendar: ToOne = field(edges.day_calendar, description="The calendar that says so.")
