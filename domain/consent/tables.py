"""Consents: what customers said to what they were asked for.

A ledger: words are only ever added to it, and the last one of each purpose and channel holds.
"""

import sqlalchemy as sa

from domain.consent.model import ConsentDecision, ConsentPurpose
from domain.shared.channel import Channel
from domain.shared.columns import c1, choice, from_source, metadata, node, reference

consent = sa.Table(
    "consent",
    metadata,
    *node(),
    reference("customer_id", "customer"),
    choice("purpose", ConsentPurpose),
    # Any.
    choice("channel", Channel, nullable=True),
    choice("decision", ConsentDecision),
    c1("decided_at", sa.TIMESTAMP(timezone=True)),
    c1("evidence", sa.Text),
    # Nobody: the customer themselves, in a channel of their own.
    reference("recorded_by_id", "staff", nullable=True),
    from_source(),
    sa.Index(None, "customer_id", "decided_at"),
    sa.Index(None, "recorded_by_id"),
    sa.Index(None, "decided_at", "id"),
)
