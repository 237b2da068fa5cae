"""Account service requests: what core banking is asked to do for a customer, and what became of it."""

import sqlalchemy as sa

from domain.service_request.model import ServiceRequestKind, ServiceRequestState
from domain.shared.columns import Money, c1, c2, choice, from_source, metadata, node, reference

service_request = sa.Table(
    "service_request",
    metadata,
    *node(),
    choice("kind", ServiceRequestKind),
    choice("state", ServiceRequestState),
    reference("customer_id", "customer"),
    reference("account_id", "account", nullable=True),
    reference("product_id", "product", nullable=True),
    c2("amount", Money, nullable=True),
    c1("currency", sa.Text, nullable=True),
    # None: it reached core banking in another way.
    reference("ticket_id", "ticket", nullable=True),
    # Nobody: the customer themselves.
    reference("requested_by_id", "staff", nullable=True),
    c1("requested_at", sa.TIMESTAMP(timezone=True)),
    c1("sent_at", sa.TIMESTAMP(timezone=True), nullable=True),
    c1("settled_at", sa.TIMESTAMP(timezone=True), nullable=True),
    # What core banking calls it.
    c1("core_reference", sa.Text, nullable=True),
    c2("reason", sa.Text, nullable=True),
    from_source(),
    sa.CheckConstraint("(amount IS NULL) = (currency IS NULL)", name="money"),
    sa.CheckConstraint("(state IN ('SUBMITTED', 'SENT')) = (settled_at IS NULL)", name="settling"),
    sa.Index(None, "customer_id", "requested_at"),
    sa.Index(None, "account_id", "requested_at"),
    sa.Index(None, "product_id", "requested_at"),
    sa.Index(None, "ticket_id"),
    sa.Index(None, "requested_by_id", "requested_at"),
    sa.Index(None, "requested_at", "id"),
)
