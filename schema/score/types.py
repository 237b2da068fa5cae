"""Scores as clients see them."""

from decimal import Decimal

from domain.model_version.model import Prediction
from resolvers.score import edges
from schema.building import described
from schema.node import Node, ToOne, field, node

described(Prediction)


@node(
    edges.rows,
    prefix="sco",
    description="What a model says of a customer (评分), by the run that is published. Its id is that of the run's "
    "row: the next run brings others. Customers by a score, best first: scores of one prediction, ordered by `value`.",
)
class Score(Node):
    """A prediction."""

    predicts: Prediction = field(description="What is predicted.")
    value: Decimal = field(description="How likely it is, 0 to 1; of VALUE, the amount a year in the base currency.")
    percentile_ratio: Decimal = field(description="How much of the bank's customers have less of it, 0 to 1.")
    reasons: list[str] = field(description="Why, in words, what weighs most first.")
    customer: ToOne = field(edges.customer, description="The customer.")
    product: ToOne = field(edges.product, description="The product that a propensity is for.")
    run: ToOne = field(edges.run, description="The run that worked it out, with its business date and model.")
