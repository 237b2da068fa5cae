"""Do-not-contact: whom the bank leaves alone, through which channel, until when, and why."""

import sqlalchemy as sa

from domain.do_not_contact.model import DoNotContactReason
from domain.shared.channel import Channel
from domain.shared.columns import c1, c2, choice, from_source, metadata, node, reference

do_not_contact = sa.Table(
    "do_not_contact",
    metadata,
    *node(),
    reference("customer_id", "customer"),
    # All.
    choice("channel", Channel, nullable=True),
    choice("reason", DoNotContactReason, personal=True),
    c2("note", sa.Text, nullable=True),
    c1("starts_on", sa.Date),
    # Until it is lifted.
    c1("ends_on", sa.Date, nullable=True),
    # Nobody: it came from a source, or the customer did it themselves.
    reference("set_by_id", "staff", nullable=True),
    c1("lifted_at", sa.TIMESTAMP(timezone=True), nullable=True),
    reference("lifted_by_id", "staff", nullable=True),
    c2("lifted_because", sa.Text, nullable=True),
    from_source(),
    sa.CheckConstraint("ends_on >= starts_on", name="term"),
    sa.CheckConstraint("lifted_at IS NOT NULL OR lifted_by_id IS NULL AND lifted_because IS NULL", name="lifting"),
    sa.Index(None, "customer_id", "starts_on"),
    sa.Index(None, "starts_on", "id"),
    sa.Index(None, "set_by_id"),
    sa.Index(None, "lifted_by_id"),
)
