"""Where the fields of working calendars live. When the bank works is known to whoever knows its branches."""

import sqlalchemy as sa

from authz.permissions import Permission
from domain.branch.tables import branch
from domain.working_calendar.tables import calendar_day, working_calendar
from resolvers.engine.edges import Clause, Row, Rows, column, connection, expression, oldest_first, reference
from resolvers.engine.guards import for_everyone
from resolvers.working_calendar.keeping import BANK_WIDE, kept_by

READS = (Permission.BRANCH_READ,)
HOLIDAY = sa.literal_column("'HOLIDAY'")
LAST_DAY = (sa.literal_column("12", sa.Integer), sa.literal_column("31", sa.Integer))
"""Month and day on which years end."""

rows = Rows(working_calendar, reads=READS, visible=for_everyone)
day_rows = Rows(calendar_day, reads=READS, visible=for_everyone)


def _holds(calendar: Row, day: Row) -> Clause:
    """The calendar's own days; and the bank's, where it says nothing else of the date."""
    own = calendar_day.alias(f"own_instead_of_{day.source.description}")
    says_else = sa.exists(
        sa.select(sa.literal_column("1"))
        .select_from(own)
        .where(own.c.working_calendar_id == calendar.c.id, own.c.falls_on == day.c.falls_on)
        .correlate(calendar.source, day.source)
    )
    return sa.or_(
        day.c.working_calendar_id == calendar.c.id,
        sa.and_(day.c.working_calendar_id == BANK_WIDE, sa.not_(says_else)),
    )


def _known_until(calendar: Row) -> sa.ColumnElement[object]:
    """The last day of the last year of which the bank's holidays are there."""
    day = calendar_day.alias(f"known_of_{calendar.source.description}")
    last = sa.extract("year", sa.func.max(day.c.falls_on))
    found = sa.select(sa.func.make_date(sa.cast(last, sa.Integer), *LAST_DAY)).where(
        day.c.working_calendar_id == BANK_WIDE, day.c.kind == HOLIDAY
    )
    return found.scalar_subquery()


name = column(working_calendar.c.name, sort="name_sort_key")
known_until = expression(_known_until, sa.Date(), personal=False)
days = connection(calendar_day, _holds, order=oldest_first("falls_on"))
own_days = connection(
    calendar_day, lambda calendar, day: day.c.working_calendar_id == calendar.c.id, order=oldest_first("falls_on")
)
branches = connection(branch, lambda calendar, branch: kept_by(branch) == calendar.c.id, order=oldest_first("position"))
own_branches = connection(
    branch, lambda calendar, branch: branch.c.working_calendar_id == calendar.c.id, order=oldest_first("position")
)
day_calendar = reference(working_calendar, via="working_calendar_id", orders_by=("name",))

all_calendars = connection(working_calendar, order=oldest_first("name_sort_key"))
all_days = connection(calendar_day, order=oldest_first("falls_on"))
