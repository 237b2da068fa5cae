"""Directed, typed ties between two customers, each with its evidence."""

import sqlalchemy as sa

from domain.relation.model import RelationEvidence, RelationType
from domain.shared.columns import Rate, c1, choice, choices, from_source, metadata, node, reference

relation = sa.Table(
    "relation",
    metadata,
    *node(),
    reference("from_customer_id", "customer"),
    reference("to_customer_id", "customer"),
    choice("type", RelationType, personal=True),
    choices("evidence", RelationEvidence),
    c1("confidence_ratio", Rate),
    from_source(),
    sa.UniqueConstraint("from_customer_id", "to_customer_id", "type"),
    sa.CheckConstraint("from_customer_id <> to_customer_id", name="two_customers"),
    sa.Index(None, "to_customer_id"),
)
