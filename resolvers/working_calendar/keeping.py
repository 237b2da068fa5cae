"""Which calendar a branch keeps, in SQL; `domain.working_calendar.reading` asks the same of one branch."""

import sqlalchemy as sa

from domain.branch.tables import branch
from resolvers.engine.edges import Expression, Row

BANK_WIDE = sa.literal_column(
    "(SELECT bank_wide.id FROM ketu.working_calendar AS bank_wide WHERE bank_wide.is_bank_wide)", sa.BigInteger
)
"""The bank's calendar."""


def kept_by(row: Row) -> Expression:
    """The branch's own calendar, else that of the nearest branch above with one, else the bank's."""
    above = branch.alias(f"above_{row.source.description}")
    nearest = (
        sa.select(above.c.working_calendar_id)
        .where(above.c.working_calendar_id.is_not(None), row.c.position.between(above.c.position, above.c.position_end))
        .order_by(above.c.position.desc())
        .limit(sa.literal_column("1"))
        .correlate(row.source)
        .scalar_subquery()
    )
    return sa.func.coalesce(nearest, BANK_WIDE)
