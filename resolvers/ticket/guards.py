"""Whom what happens to a ticket tells about."""

import sqlalchemy as sa

from domain.ticket.tables import ticket
from resolvers.engine.edges import Expression, Row


def about_ticket(row: Row) -> Expression:
    """The customer of the ticket that the row names."""
    named = ticket.alias(f"ticket_told_of_{row.source.description}")
    found = sa.select(named.c.customer_id).where(named.c.id == row.c.ticket_id)
    return found.correlate(row.source).scalar_subquery()
