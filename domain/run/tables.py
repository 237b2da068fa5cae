"""Runs: what is worked out for many customers at once is published whole, and replaced whole."""

import sqlalchemy as sa

from domain.run.model import RunKind, RunState
from domain.shared.columns import c1, choice, metadata, node, reference

RESULTS = "analytics"
"""The schema in which the rows of each run have a table of their own."""

run = sa.Table(
    "run",
    metadata,
    *node(sourced=False),
    choice("kind", RunKind),
    # What it works out, of which one run at a time is published: CHURN, segment:3.
    c1("topic", sa.Text),
    choice("state", RunState),
    c1("describes_on", sa.Date),
    reference("model_version_id", "model_version", nullable=True),
    c1("started_at", sa.TIMESTAMP(timezone=True)),
    c1("published_at", sa.TIMESTAMP(timezone=True), nullable=True),
    c1("row_count", sa.Integer, nullable=True),
    c1("failure", sa.Text, nullable=True),
    sa.CheckConstraint("(published_at IS NOT NULL) = (state IN ('PUBLISHED', 'SUPERSEDED'))", name="publication"),
    sa.CheckConstraint("(failure IS NOT NULL) = (state = 'FAILED')", name="failure"),
    # The pointer to what is to be seen.
    sa.Index("run_published_key", "topic", unique=True, postgresql_where=sa.text("state = 'PUBLISHED'")),
    sa.Index(None, "topic", "started_at"),
    sa.Index(None, "started_at", "id"),
    sa.Index(None, "model_version_id"),
)
