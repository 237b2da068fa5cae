"""Versions of models as clients see them."""

from datetime import date, datetime
from decimal import Decimal

from domain.model_version.model import ModelState, Prediction
from resolvers.model_version import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(ModelState)
described(Prediction)


@node(edges.rows, prefix="mod", description="A version of a model in the register (模型版本).")
class ModelVersion(Node):
    """What scores are worked out by."""

    name: str = field(description="Name of the model.")
    release: str = field(description="Which version of it.")
    predicts: Prediction = field(description="What it predicts of a customer.")
    state: ModelState = field(description="What it is used for.")
    algorithm: str = field(description="How it works.")
    data_from_on: date = field(description="First day of the data that it was trained on.")
    data_until_on: date = field(description="Last day of the data that it was trained on.")
    tested_until_on: date = field(description="Last day of the later data that its metrics are of.")
    row_count: int = field(description="How many rows it was trained on.")
    features: list[str] = field(description="What it knows of a customer.")
    auc_ratio: Decimal | None = field(description="How well it ranks: 0.5 is chance, 1 is without fault.")
    calibration_error_ratio: Decimal | None = field(
        description="How far its probabilities are from what happened, on average."
    )
    metrics: str = field(description="All of its metrics, as a JSON object.")
    trained_at: datetime = field(description="When it was trained, UTC.")
    approved_at: datetime | None = field(description="When it was approved, UTC.")
    product: ToOne = field(edges.product, description="The product that a propensity is for.")
    trained_by: ToOne = field(edges.trained_by, description="Who trained it; null where the system did.")
    approved_by: ToOne = field(edges.approved_by, description="Who approved it: somebody else.")
    runs: ToMany = field(edges.runs, description="Runs that used it, newest first.")
