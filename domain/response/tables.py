"""Responses: what comes back from customers of a campaign's audience, reached or left alone."""

import sqlalchemy as sa

from domain.response.model import ResponseKind
from domain.shared.columns import Money, c1, c2, choice, from_source, metadata, node, reference

response = sa.Table(
    "response",
    metadata,
    *node(),
    reference("campaign_id", "campaign"),
    reference("customer_id", "customer"),
    # What it answers; nothing, where it came without.
    reference("touch_id", "touch", nullable=True),
    reference("event_id", "campaign_event", nullable=True),
    choice("kind", ResponseKind),
    c1("responded_at", sa.TIMESTAMP(timezone=True)),
    # What they took, and for how much.
    reference("product_id", "product", nullable=True),
    c2("amount", Money, nullable=True),
    c1("currency", sa.Text),
    reference("opportunity_id", "opportunity", nullable=True),
    c2("satisfaction", sa.Integer, nullable=True),
    c2("note", sa.Text, nullable=True),
    # Nobody: a machine of the bank.
    reference("recorded_by_id", "staff", nullable=True),
    from_source(),
    sa.CheckConstraint("event_id IS NOT NULL OR kind NOT IN ('REGISTERED', 'ATTENDED', 'ABSENT')", name="event"),
    sa.CheckConstraint("amount IS NULL OR kind = 'CONVERTED'", name="conversion"),
    sa.CheckConstraint("amount > 0", name="amount"),
    sa.CheckConstraint("satisfaction BETWEEN 1 AND 5", name="satisfaction"),
    sa.Index(None, "customer_id", "responded_at"),
    sa.Index(None, "campaign_id", "responded_at"),
    sa.Index(None, "product_id", "responded_at"),
    sa.Index(None, "recorded_by_id", "responded_at"),
    sa.Index(None, "touch_id"),
    sa.Index(None, "event_id"),
    sa.Index(None, "opportunity_id"),
    sa.Index(None, "responded_at", "id"),
)
