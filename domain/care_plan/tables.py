"""Care for customers: plans say whom, when and how; each time is a piece of care of its own."""

import sqlalchemy as sa

from domain.care_plan.model import CareOccasion, CarePlanState, CareState
from domain.shared.channel import Channel
from domain.shared.columns import c1, c2, choice, from_source, metadata, node, reference

Instant = sa.TIMESTAMP(timezone=True)

care_plan = sa.Table(
    "care_plan",
    metadata,
    *node(),
    c2("title", sa.Text),
    choice("occasion", CareOccasion),
    choice("channel", Channel),
    choice("state", CarePlanState),
    # One customer, or those who have a tag among whom `staff_id` cares for; neither: all of these.
    reference("customer_id", "customer", nullable=True),
    reference("tag_id", "tag", nullable=True),
    # Who cares, and the branch that they do it for.
    reference("staff_id", "staff"),
    reference("branch_id", "branch"),
    c1("position", sa.Integer),
    # How many days ahead of the occasion; for a regular one, every how many days.
    c1("lead_days", sa.Integer, server_default=sa.text("0")),
    c1("every_days", sa.Integer, nullable=True),
    c1("starts_on", sa.Date),
    c1("ends_on", sa.Date, nullable=True),
    c2("greeting", sa.Text, nullable=True),
    from_source(),
    sa.CheckConstraint("ends_on >= starts_on", name="term"),
    sa.CheckConstraint("lead_days >= 0 AND every_days > 0", name="days"),
    sa.CheckConstraint("(occasion = 'REGULAR') = (every_days IS NOT NULL)", name="regular"),
    sa.CheckConstraint("customer_id IS NULL OR tag_id IS NULL", name="whom"),
    sa.Index(None, "staff_id", "starts_on"),
    sa.Index(None, "position", "starts_on"),
    sa.Index(None, "branch_id", "starts_on"),
    sa.Index(None, "customer_id"),
    sa.Index(None, "tag_id"),
    sa.Index(None, "starts_on", "id"),
)

care = sa.Table(
    "care",
    metadata,
    *node(),
    # None: it stands for itself.
    reference("care_plan_id", "care_plan", nullable=True),
    reference("customer_id", "customer"),
    reference("staff_id", "staff"),
    reference("branch_id", "branch"),
    c1("position", sa.Integer),
    choice("occasion", CareOccasion),
    choice("channel", Channel),
    choice("state", CareState),
    c1("due_on", sa.Date),
    c2("note", sa.Text, nullable=True),
    c1("closed_at", Instant, nullable=True),
    reference("closed_by_id", "staff", nullable=True),
    reference("interaction_id", "interaction", nullable=True),
    from_source(),
    sa.CheckConstraint("(state = 'PLANNED') = (closed_at IS NULL)", name="closing"),
    sa.Index(None, "staff_id", "due_on"),
    sa.Index(None, "position", "due_on"),
    sa.Index(None, "branch_id", "due_on"),
    sa.Index(None, "customer_id", "due_on"),
    sa.Index(None, "due_on", "id"),
    sa.Index(None, "care_plan_id", "due_on"),
    sa.Index(None, "closed_by_id"),
    sa.Index(None, "interaction_id"),
)
