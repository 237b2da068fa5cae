"""Quotations: terms that the bank offers within an opportunity, for products whose terms are open to talk."""

import sqlalchemy as sa

from domain.quotation.model import QuotationState
from domain.shared.columns import Money, Rate, c1, c2, choice, from_source, metadata, node, reference

quotation = sa.Table(
    "quotation",
    metadata,
    *node(),
    reference("opportunity_id", "opportunity"),
    reference("product_id", "product"),
    choice("state", QuotationState),
    c2("amount", Money),
    c1("currency", sa.Text),
    # The price: a year's interest or fee as a share of the amount.
    c2("annual_rate_ratio", Rate, nullable=True),
    c1("term_months", sa.Integer, nullable=True),
    c2("terms", sa.Text, nullable=True),
    c1("requested_at", sa.TIMESTAMP(timezone=True)),
    c1("offered_at", sa.TIMESTAMP(timezone=True), nullable=True),
    c1("valid_until_on", sa.Date, nullable=True),
    c1("answered_at", sa.TIMESTAMP(timezone=True), nullable=True),
    reference("quoted_by_id", "staff", nullable=True),
    # Nobody: such terms need no approval.
    reference("approved_by_id", "staff", nullable=True),
    from_source(),
    sa.CheckConstraint("(offered_at IS NULL) = (valid_until_on IS NULL)", name="offer"),
    sa.CheckConstraint("offered_at IS NOT NULL OR state NOT IN ('OFFERED', 'ACCEPTED', 'EXPIRED')", name="offered"),
    sa.CheckConstraint("(state IN ('ACCEPTED', 'REFUSED')) = (answered_at IS NOT NULL)", name="answer"),
    sa.CheckConstraint("amount > 0", name="amount"),
    sa.CheckConstraint("term_months > 0", name="term_months"),
    sa.Index(None, "opportunity_id", "requested_at"),
    sa.Index(None, "product_id", "requested_at"),
    sa.Index(None, "quoted_by_id"),
    sa.Index(None, "approved_by_id"),
    sa.Index(None, "requested_at", "id"),
)
