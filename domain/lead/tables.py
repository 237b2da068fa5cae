"""Leads: hints that somebody, customer or not, may want something."""

import sqlalchemy as sa

from domain.lead.model import LeadDropReason, LeadOrigin, LeadState
from domain.shared.channel import Channel
from domain.shared.columns import c1, c2, choice, encrypted, from_source, metadata, node, reference
from domain.shared.identifier import IdentifierKind

lead = sa.Table(
    "lead",
    metadata,
    *node(),
    choice("origin", LeadOrigin),
    choice("channel", Channel),
    choice("state", LeadState),
    # Who they are: a customer, or whatever the bank was told of somebody who is none.
    reference("customer_id", "customer", nullable=True),
    c2("name", sa.Text, nullable=True),
    *encrypted("phone", IdentifierKind.PHONE),
    c2("interest", sa.Text),
    reference("product_id", "product", nullable=True),
    reference("campaign_id", "campaign", nullable=True),
    # Nobody: whoever is in the branch may take it.
    reference("owner_id", "staff", nullable=True),
    # Nobody: they themselves, or the system.
    reference("captured_by_id", "staff", nullable=True),
    reference("branch_id", "branch"),
    c1("position", sa.Integer),
    c1("captured_at", sa.TIMESTAMP(timezone=True)),
    c1("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
    choice("drop_reason", LeadDropReason, nullable=True),
    c2("drop_note", sa.Text, nullable=True),
    from_source(),
    sa.CheckConstraint("(state = 'OPEN') = (closed_at IS NULL)", name="closing"),
    sa.CheckConstraint("(state = 'DROPPED') = (drop_reason IS NOT NULL)", name="dropping"),
    sa.CheckConstraint("num_nonnulls(customer_id, name, phone_cipher) > 0", name="party"),
    sa.Index(None, "owner_id", "captured_at"),
    sa.Index(None, "captured_by_id", "captured_at"),
    sa.Index(None, "position", "captured_at"),
    sa.Index(None, "branch_id", "captured_at"),
    sa.Index(None, "customer_id", "captured_at"),
    sa.Index(None, "product_id", "captured_at"),
    sa.Index(None, "campaign_id", "captured_at"),
    sa.Index(None, "captured_at", "id"),
    sa.Index(None, "phone_blind_index"),
)
