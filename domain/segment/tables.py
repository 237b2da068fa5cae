"""Segments: definitions that select customers; and who is in each, by run."""

import sqlalchemy as sa

from domain.segment.model import SegmentKind, SegmentState
from domain.shared.columns import Rate, SortKey, c1, c2, choice, from_source, metadata, node, reference

segment = sa.Table(
    "segment",
    metadata,
    *node(),
    c1("name", sa.Text, unique=True),
    c1("name_sort_key", SortKey),
    c1("meaning", sa.Text),
    choice("kind", SegmentKind),
    choice("state", SegmentState),
    # The rule, or how clusters are made; lists have none.
    c1("definition", sa.Text, nullable=True),
    reference("owner_id", "staff"),
    from_source(),
    sa.CheckConstraint("definition IS JSON OBJECT", name="definition"),
    sa.CheckConstraint("(definition IS NOT NULL) = (kind IN ('RULE', 'CLUSTER'))", name="rule"),
    sa.Index(None, "owner_id"),
)

segment_membership = sa.Table(
    "segment_membership",
    metadata,
    *node(sourced=False),
    reference("run_id", "run", primary_key=True),
    reference("segment_id", "segment"),
    reference("customer_id", "customer"),
    c1("since_on", sa.Date),
    # How well they fit where they are in by likeness.
    c2("fit_ratio", Rate, nullable=True),
    sa.UniqueConstraint("run_id", "segment_id", "customer_id"),
    sa.Index(None, "customer_id", "since_on"),
    sa.Index(None, "segment_id", "since_on"),
    sa.Index(None, "since_on", "id"),
    postgresql_partition_by="LIST (run_id)",
)
