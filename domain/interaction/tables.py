"""Interactions: each time that the bank and a customer were in touch."""

import sqlalchemy as sa

from domain.interaction.model import Direction, InteractionOutcome
from domain.shared.channel import Channel
from domain.shared.columns import c1, c2, choice, from_source, metadata, node, reference

interaction = sa.Table(
    "interaction",
    metadata,
    *node(),
    reference("customer_id", "customer"),
    # Nobody: a machine of the bank.
    reference("staff_id", "staff", nullable=True),
    choice("channel", Channel),
    choice("direction", Direction),
    c1("happened_at", sa.TIMESTAMP(timezone=True)),
    c1("duration_minutes", sa.Integer, nullable=True),
    c2("subject", sa.Text),
    c2("note", sa.Text, nullable=True),
    choice("outcome", InteractionOutcome, nullable=True),
    reference("task_id", "task", nullable=True),
    reference("ticket_id", "ticket", nullable=True),
    from_source(),
    sa.CheckConstraint("duration_minutes >= 0", name="duration_minutes"),
    sa.Index(None, "customer_id", "happened_at"),
    sa.Index(None, "staff_id", "happened_at"),
    sa.Index(None, "happened_at", "id"),
    sa.Index(None, "task_id"),
    sa.Index(None, "ticket_id"),
)
