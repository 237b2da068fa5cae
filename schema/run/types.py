"""Runs as clients see them."""

from datetime import date, datetime

from domain.run.model import RunKind, RunState
from resolvers.run import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(RunKind)
described(RunState)


@node(
    edges.rows,
    prefix="run",
    description="Something worked out for many customers at once (批次运行), published whole. Of each topic "
    "one run is seen: the published one.",
)
class Run(Node):
    """One working out."""

    kind: RunKind = field(description="What it works out.")
    topic: str = field(description="What of that: CHURN, segment:3. One run of each topic is published at a time.")
    state: RunState = field(description="How far it has come.")
    describes_on: date = field(description="The business date (数据日期) that its results describe.")
    started_at: datetime = field(description="When it began, UTC.")
    published_at: datetime | None = field(description="When it was published, UTC.")
    row_count: int | None = field(description="How many rows it came to, for all customers of the bank.")
    failure: str | None = field(description="Why nothing came of it.")
    model_version: ToOne = field(edges.model_version, description="The model that it used.")
    segment_memberships: ToMany = field(edges.segment_memberships, description="Who is in segments by it.")
    scores: ToMany = field(edges.scores, description="Scores by it, highest first.")
    recommendations: ToMany = field(edges.recommendations, description="Recommendations by it, first ones first.")
    customer_tiers: ToMany = field(edges.customer_tiers, description="Tiers that it found, newest first.")
