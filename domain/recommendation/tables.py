"""Recommendations: what to do for each customer next, by run."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from domain.recommendation.model import RecommendationKind
from domain.shared.columns import c1, c2, choice, metadata, node, reference

recommendation = sa.Table(
    "recommendation",
    metadata,
    *node(sourced=False),
    reference("run_id", "run", primary_key=True),
    reference("customer_id", "customer"),
    choice("kind", RecommendationKind),
    reference("product_id", "product", nullable=True),
    # 1 before 2.
    c1("rank", sa.Integer),
    c2("action", sa.Text),
    c2("reasons", postgresql.ARRAY(sa.Text)),
    c1("expires_on", sa.Date, nullable=True),
    sa.CheckConstraint("(product_id IS NOT NULL) = (kind = 'OFFER')", name="product"),
    sa.CheckConstraint("rank > 0", name="rank"),
    sa.UniqueConstraint("run_id", "customer_id", "rank"),
    sa.Index(None, "customer_id", "rank"),
    sa.Index(None, "product_id", "rank"),
    sa.Index(None, "rank", "id"),
    postgresql_partition_by="LIST (run_id)",
)
