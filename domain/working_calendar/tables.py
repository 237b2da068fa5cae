"""Working calendars: weekly hours, and the days that differ.

One calendar is the bank's. Others are of branches, which keep their own weekly hours; the bank's days hold there, too,
where they say nothing else of a date.
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from domain.shared.columns import SortKey, c1, choice, from_source, metadata, node, reference
from domain.working_calendar.model import WEEKDAYS, CalendarDayKind


def _hours(name: str) -> sa.Column[object]:
    """Intervals as clients write them, `09:00-17:30`; none where nobody works."""
    written = "^([0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]( |$))*$"
    return c1(
        name,
        postgresql.ARRAY(sa.Text),
        sa.CheckConstraint(f"array_to_string({name}, ' ') ~ '{written}'", name=name),
        server_default=sa.text("'{}'"),
    )


working_calendar = sa.Table(
    "working_calendar",
    metadata,
    *node(),
    c1("name", sa.Text),
    c1("name_sort_key", SortKey),
    c1("is_bank_wide", sa.Boolean, server_default=sa.false()),
    *(_hours(weekday) for weekday in WEEKDAYS),
    from_source(),
    sa.CheckConstraint(f"cardinality({' || '.join(WEEKDAYS)}) > 0", name="week"),
    sa.Index("working_calendar_bank_idx", "is_bank_wide", unique=True, postgresql_where=sa.text("is_bank_wide")),
    sa.Index(None, "name_sort_key", "id"),
)

calendar_day = sa.Table(
    "calendar_day",
    metadata,
    *node(),
    reference("working_calendar_id", "working_calendar"),
    c1("falls_on", sa.Date),
    choice("kind", CalendarDayKind),
    c1("name", sa.Text),
    # Of a working day; none where it has those of an ordinary one.
    _hours("hours"),
    from_source(),
    sa.UniqueConstraint("working_calendar_id", "falls_on"),
    sa.CheckConstraint("hours = '{}' OR kind = 'WORKING_DAY'", name="holiday"),
    sa.Index(None, "falls_on", "id"),
)
