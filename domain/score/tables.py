"""Scores: what models say of each customer, by run."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from domain.model_version.model import Prediction
from domain.shared.columns import Rate, c1, c2, choice, metadata, node, reference

score = sa.Table(
    "score",
    metadata,
    *node(sourced=False),
    reference("run_id", "run", primary_key=True),
    reference("customer_id", "customer"),
    choice("predicts", Prediction),
    # Of a propensity.
    reference("product_id", "product", nullable=True),
    c2("value", sa.Numeric(18, 6)),
    # How many have less of it.
    c2("percentile_ratio", Rate),
    c2("reasons", postgresql.ARRAY(sa.Text)),
    # Where the customer was served when it was worked out: to walk the order of a score within a branch.
    c1("position", sa.Integer),
    sa.CheckConstraint("(product_id IS NOT NULL) = (predicts = 'PROPENSITY')", name="product"),
    sa.CheckConstraint("percentile_ratio BETWEEN 0 AND 1", name="percentile_ratio"),
    sa.UniqueConstraint("run_id", "customer_id", "predicts", "product_id"),
    sa.Index(None, "customer_id", "value", "id"),
    sa.Index(None, "predicts", "value", "id"),
    sa.Index(None, "predicts", "position", "value"),
    sa.Index(None, "product_id", "value"),
    sa.Index(None, "value", "id"),
    postgresql_partition_by="LIST (run_id)",
)
