"""Touches: each attempt to reach a customer with an offer."""

import sqlalchemy as sa

from domain.shared.channel import Channel
from domain.shared.columns import c1, c2, choice, from_source, metadata, node, reference
from domain.touch.model import TouchState

touch = sa.Table(
    "touch",
    metadata,
    *node(),
    reference("campaign_id", "campaign"),
    reference("customer_id", "customer"),
    # The event that it invites to.
    reference("event_id", "campaign_event", nullable=True),
    choice("channel", Channel),
    choice("state", TouchState),
    # Nobody: a machine of the bank.
    reference("staff_id", "staff", nullable=True),
    c1("happened_at", sa.TIMESTAMP(timezone=True)),
    c2("content", sa.Text, nullable=True),
    from_source(),
    sa.Index(None, "customer_id", "happened_at"),
    sa.Index(None, "campaign_id", "happened_at"),
    sa.Index(None, "staff_id", "happened_at"),
    sa.Index(None, "event_id"),
    sa.Index(None, "happened_at", "id"),
)
