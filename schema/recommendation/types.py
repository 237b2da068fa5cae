"""Recommendations as clients see them."""

from datetime import date

from domain.recommendation.model import RecommendationKind
from resolvers.recommendation import edges
from schema.building import described
from schema.node import Node, ToOne, field, node

described(RecommendationKind)


@node(
    edges.rows,
    prefix="rec",
    description="What to do for a customer next (推荐), by the run that is published. Its id is that of the run's row: "
    "the next run brings others.",
)
class Recommendation(Node):
    """Advice."""

    kind: RecommendationKind = field(description="What to do.")
    rank: int = field(description="In which order: 1 first.")
    action: str = field(description="What to do, in words.")
    reasons: list[str] = field(description="Why, in words, what weighs most first.")
    expires_on: date | None = field(description="Last day on which it makes sense.")
    customer: ToOne = field(edges.customer, description="For whom.")
    product: ToOne = field(edges.product, description="What to offer.")
    run: ToOne = field(edges.run, description="The run that worked it out.")
