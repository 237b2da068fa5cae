"""Indicators of performance, and the targets that staff and branches have of each, with what they came to."""

import sqlalchemy as sa

from domain.indicator.model import IndicatorUnit, TargetPeriod
from domain.shared.columns import SortKey, c1, choice, from_source, metadata, node, reference

Measure = sa.Numeric(20, 4)

indicator = sa.Table(
    "indicator",
    metadata,
    *node(),
    c1("name", sa.Text, unique=True),
    c1("name_sort_key", SortKey),
    c1("meaning", sa.Text),
    choice("unit", IndicatorUnit),
    c1("currency", sa.Text, nullable=True),
    # Of complaints, less is better.
    c1("is_more_better", sa.Boolean),
    c1("is_active", sa.Boolean),
    from_source(),
    sa.CheckConstraint("(currency IS NOT NULL) = (unit = 'AMOUNT')", name="currency"),
)

target = sa.Table(
    "target",
    metadata,
    *node(),
    reference("indicator_id", "indicator"),
    # Nobody: the whole branch.
    reference("staff_id", "staff", nullable=True),
    reference("branch_id", "branch"),
    c1("position", sa.Integer),
    # None: whatever they sell.
    reference("product_id", "product", nullable=True),
    choice("period", TargetPeriod),
    c1("starts_on", sa.Date),
    c1("ends_on", sa.Date),
    c1("goal", Measure),
    c1("actual", Measure, nullable=True),
    c1("measured_on", sa.Date, nullable=True),
    reference("set_by_id", "staff", nullable=True),
    from_source(),
    sa.CheckConstraint("starts_on <= ends_on", name="period_order"),
    sa.CheckConstraint("(actual IS NULL) = (measured_on IS NULL)", name="measurement"),
    sa.Index(None, "staff_id", "starts_on"),
    sa.Index(None, "branch_id", "starts_on"),
    sa.Index(None, "position", "starts_on"),
    sa.Index(None, "product_id", "starts_on"),
    sa.Index(None, "indicator_id", "starts_on"),
    sa.Index(None, "set_by_id"),
    sa.Index(None, "starts_on", "id"),
)
