"""Households: customers who decide money together."""

import sqlalchemy as sa

from domain.household.model import HouseholdRole
from domain.relation.model import RelationEvidence
from domain.shared.columns import Rate, c1, choice, choices, from_source, metadata, node, reference

household = sa.Table(
    "household",
    metadata,
    *node(),
    choices("evidence", RelationEvidence),
    c1("confidence_ratio", Rate),
    from_source(),
)

household_member = sa.Table(
    "household_member",
    metadata,
    *node(),
    reference("household_id", "household"),
    reference("customer_id", "customer", unique=True),
    choice("role", HouseholdRole, personal=True),
    from_source(),
    sa.Index(None, "household_id"),
)
