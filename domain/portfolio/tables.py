"""Who managed whom, from when until when. Triggers of `customer` write it, nobody else does."""

import sqlalchemy as sa

from domain.portfolio.model import PortfolioRole
from domain.shared.columns import c1, choice, metadata, node, reference

portfolio_term = sa.Table(
    "portfolio_term",
    metadata,
    *node(sourced=False),
    reference("customer_id", "customer"),
    reference("staff_id", "staff"),
    choice("role", PortfolioRole),
    # Business dates, both included; who takes over does so on the last day of who goes.
    c1("starts_on", sa.Date),
    c1("ends_on", sa.Date, nullable=True),
    sa.CheckConstraint("ends_on >= starts_on", name="term"),
    sa.Index(None, "customer_id", "starts_on"),
    sa.Index(None, "staff_id", "starts_on"),
    sa.Index(None, "starts_on", "id"),
    # Nobody has two managers, or two backup managers, at once.
    sa.Index(
        "portfolio_term_one_at_a_time_idx", "customer_id", "role", unique=True,
        postgresql_where=sa.text("ends_on IS NULL"),
    ),
)  # fmt: skip
