"""Tiers: levels of service, the dated rules that lead to each, and the tier that each customer has and had."""

import sqlalchemy as sa

from domain.shared.columns import SortKey, c1, c2, choice, from_source, metadata, node, reference
from domain.tier.model import TierChange, TierMeasure

tier = sa.Table(
    "tier",
    metadata,
    *node(),
    c1("name", sa.Text, unique=True),
    c1("name_sort_key", SortKey),
    # 1 is the lowest.
    c1("rank", sa.Integer, unique=True),
    c1("benefits", sa.Text),
    c1("is_active", sa.Boolean),
    from_source(),
    sa.CheckConstraint("rank > 0", name="rank"),
)

tier_rule = sa.Table(
    "tier_rule",
    metadata,
    *node(),
    reference("tier_id", "tier"),
    choice("measure", TierMeasure),
    c1("threshold", sa.Numeric(18, 2)),
    # Of an amount.
    c1("currency", sa.Text, nullable=True),
    # How long a customer keeps the tier who falls below.
    c1("grace_months", sa.Integer),
    c1("starts_on", sa.Date),
    c1("ends_on", sa.Date, nullable=True),
    from_source(),
    sa.CheckConstraint("(currency IS NOT NULL) = (measure = 'AUM_MONTH_AVERAGE')", name="currency"),
    sa.CheckConstraint("starts_on <= ends_on", name="period"),
    sa.CheckConstraint("grace_months >= 0", name="grace_months"),
    sa.UniqueConstraint("tier_id", "measure", "starts_on"),
    sa.Index(None, "starts_on", "id"),
)

customer_tier = sa.Table(
    "customer_tier",
    metadata,
    *node(),
    reference("customer_id", "customer"),
    reference("tier_id", "tier"),
    choice("change", TierChange),
    c1("starts_on", sa.Date),
    # None: they have it still.
    c1("ends_on", sa.Date, nullable=True),
    c2("reason", sa.Text, nullable=True),
    # The run that found it; none where a source says so.
    reference("run_id", "run", nullable=True),
    from_source(),
    sa.CheckConstraint("starts_on <= ends_on", name="period"),
    sa.Index("customer_tier_current_key", "customer_id", unique=True, postgresql_where=sa.text("ends_on IS NULL")),
    sa.Index(None, "customer_id", "starts_on"),
    sa.Index(None, "tier_id", "starts_on"),
    sa.Index(None, "starts_on", "id"),
    sa.Index(None, "run_id"),
)
