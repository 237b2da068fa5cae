"""Visits to customers: planned, begun where the customer is, and kept as a contact with them."""

import sqlalchemy as sa

from domain.shared.columns import c1, c2, choice, from_source, metadata, node, reference
from domain.visit.model import VisitPlace, VisitPurpose, VisitState

Instant = sa.TIMESTAMP(timezone=True)

visit = sa.Table(
    "visit",
    metadata,
    *node(),
    reference("customer_id", "customer"),
    # Who visits, and the branch that they do it for.
    reference("staff_id", "staff"),
    # Nobody: the system.
    reference("planned_by_id", "staff", nullable=True),
    reference("branch_id", "branch"),
    c1("position", sa.Integer),
    choice("purpose", VisitPurpose),
    choice("state", VisitState),
    choice("place", VisitPlace),
    reference("contact_point_id", "contact_point", nullable=True),
    c2("subject", sa.Text),
    c1("planned_at", Instant),
    c1("planned_minutes", sa.Integer, nullable=True),
    reference("task_id", "task", nullable=True),
    c1("checked_in_at", Instant, nullable=True),
    # Where, to about a hundred metres.
    c2("latitude", sa.Numeric(5, 3), nullable=True),
    c2("longitude", sa.Numeric(6, 3), nullable=True),
    c1("completed_at", Instant, nullable=True),
    reference("interaction_id", "interaction", nullable=True),
    c1("cancelled_at", Instant, nullable=True),
    c2("cancellation_reason", sa.Text, nullable=True),
    from_source(),
    sa.CheckConstraint("(state = 'DONE') = (completed_at IS NOT NULL)", name="completion"),
    sa.CheckConstraint("(state = 'CANCELLED') = (cancelled_at IS NOT NULL)", name="cancellation"),
    sa.CheckConstraint("checked_in_at IS NOT NULL OR state <> 'CHECKED_IN'", name="check_in"),
    sa.CheckConstraint(
        "(latitude IS NULL) = (longitude IS NULL) AND latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180",
        name="whereabouts",
    ),
    sa.Index(None, "staff_id", "planned_at"),
    sa.Index(None, "planned_by_id"),
    sa.Index(None, "position", "planned_at"),
    sa.Index(None, "branch_id", "planned_at"),
    sa.Index(None, "customer_id", "planned_at"),
    sa.Index(None, "planned_at", "id"),
    sa.Index(None, "task_id"),
    sa.Index(None, "contact_point_id"),
    sa.Index(None, "interaction_id"),
)
