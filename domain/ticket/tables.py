"""Tickets: what a customer wants from the bank, until it is answered; and what happens to each."""

import sqlalchemy as sa

from domain.shared.channel import Channel
from domain.shared.columns import c1, c2, choice, from_source, metadata, node, reference, searched
from domain.shared.priority import Priority
from domain.ticket.model import TicketEventKind, TicketKind, TicketState

ticket = sa.Table(
    "ticket",
    metadata,
    *node(),
    c1("ticket_no", sa.Text, unique=True),
    choice("kind", TicketKind),
    choice("priority", Priority),
    choice("state", TicketState),
    choice("channel", Channel),
    c2("subject", sa.Text),
    c2("description", sa.Text, nullable=True),
    # Nobody: somebody who is no customer, or was not recognised.
    reference("customer_id", "customer", nullable=True),
    reference("account_id", "account", nullable=True),
    reference("product_id", "product", nullable=True),
    reference("branch_id", "branch"),
    c1("position", sa.Integer),
    reference("assigned_to_id", "staff", nullable=True),
    # Nobody: the customer themselves.
    reference("opened_by_id", "staff", nullable=True),
    reference("linked_to_id", "ticket", nullable=True),
    c1("opened_at", sa.TIMESTAMP(timezone=True)),
    c1("due_at", sa.TIMESTAMP(timezone=True)),
    c1("level", sa.Integer, server_default=sa.text("0")),
    c1("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
    c2("resolution", sa.Text, nullable=True),
    c2("satisfaction", sa.Integer, nullable=True),
    from_source(),
    sa.CheckConstraint("(state = 'CLOSED') = (closed_at IS NOT NULL)", name="closing"),
    sa.CheckConstraint("level BETWEEN 0 AND 3", name="level"),
    sa.CheckConstraint("satisfaction BETWEEN 1 AND 5", name="satisfaction"),
    sa.CheckConstraint("linked_to_id <> id", name="link"),
    sa.Index(None, "assigned_to_id", "opened_at"),
    sa.Index(None, "opened_by_id", "opened_at"),
    sa.Index(None, "position", "opened_at"),
    sa.Index(None, "branch_id", "opened_at"),
    sa.Index(None, "customer_id", "opened_at"),
    sa.Index(None, "opened_at", "id"),
    searched("ticket", "ticket_no"),
    sa.Index(None, "account_id"),
    sa.Index(None, "product_id", "opened_at"),
    sa.Index(None, "linked_to_id"),
)

ticket_event = sa.Table(
    "ticket_event",
    metadata,
    *node(sourced=False),
    reference("ticket_id", "ticket"),
    choice("kind", TicketEventKind),
    c1("happened_at", sa.TIMESTAMP(timezone=True)),
    # Nobody: the customer, or the system.
    reference("staff_id", "staff", nullable=True),
    c2("note", sa.Text, nullable=True),
    # To whom it went, where it went to somebody.
    reference("to_staff_id", "staff", nullable=True),
    reference("to_branch_id", "branch", nullable=True),
    sa.Index(None, "ticket_id", "happened_at"),
    sa.Index(None, "staff_id", "happened_at"),
    sa.Index(None, "to_staff_id", "happened_at"),
    sa.Index(None, "to_branch_id", "happened_at"),
    sa.Index(None, "happened_at", "id"),
)
