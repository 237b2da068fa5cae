"""Customers whom somebody may see for a while although they are not theirs."""

import sqlalchemy as sa

from domain.access_grant.model import AccessGrantReason
from domain.shared.columns import c1, choice, metadata, node, reference

access_grant = sa.Table(
    "access_grant",
    metadata,
    *node(sourced=False),
    reference("customer_id", "customer"),
    reference("staff_id", "staff"),
    choice("reason", AccessGrantReason),
    c1("starts_on", sa.Date),
    c1("ends_on", sa.Date),
    reference("granted_by_id", "staff"),
    c1("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
    sa.CheckConstraint("ends_on >= starts_on", name="term"),
    sa.Index(None, "staff_id", "ends_on"),
    sa.Index(None, "customer_id"),
    sa.Index(None, "granted_by_id"),
)
