"""How opportunities and what belongs to them are guarded; and whom that tells about."""

import sqlalchemy as sa

from domain.opportunity.tables import opportunity
from resolvers.customer.guards import of_customer
from resolvers.engine.edges import Expression, Row
from resolvers.engine.guards import any_of, positioned, through

OWNERS = ("owner_id", "opened_by_id")
"""Columns that name whose own one is."""

an_opportunity = any_of(positioned(managers=OWNERS), of_customer())
a_part = through(opportunity, an_opportunity, lambda part, opportunity: opportunity.c.id == part.c.opportunity_id)


def about_opportunity(row: Row) -> Expression:
    """The customer of the opportunity that the row names."""
    named = opportunity.alias(f"opportunity_told_of_{row.source.description}")
    found = sa.select(named.c.customer_id).where(named.c.id == row.c.opportunity_id)
    return found.correlate(row.source).scalar_subquery()
