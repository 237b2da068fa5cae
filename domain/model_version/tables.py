"""The register of models: each version with its data, features, metrics, and who approved it."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from domain.model_version.model import ModelState, Prediction
from domain.shared.columns import Rate, c1, choice, metadata, node, reference

model_version = sa.Table(
    "model_version",
    metadata,
    *node(sourced=False),
    c1("name", sa.Text),
    c1("release", sa.Text),
    choice("predicts", Prediction),
    reference("product_id", "product", nullable=True),
    choice("state", ModelState),
    c1("algorithm", sa.Text),
    c1("data_from_on", sa.Date),
    c1("data_until_on", sa.Date),
    # Metrics are of the time after that, which the model has not seen.
    c1("tested_until_on", sa.Date),
    c1("row_count", sa.Integer),
    c1("features", postgresql.ARRAY(sa.Text)),
    c1("auc_ratio", Rate, nullable=True),
    c1("calibration_error_ratio", Rate, nullable=True),
    c1("metrics", sa.Text),
    c1("trained_at", sa.TIMESTAMP(timezone=True)),
    reference("trained_by_id", "staff", nullable=True),
    reference("approved_by_id", "staff", nullable=True),
    c1("approved_at", sa.TIMESTAMP(timezone=True), nullable=True),
    sa.UniqueConstraint("name", "release"),
    sa.CheckConstraint("data_from_on <= data_until_on AND data_until_on <= tested_until_on", name="data"),
    sa.CheckConstraint("auc_ratio BETWEEN 0 AND 1", name="auc_ratio"),
    sa.CheckConstraint("metrics IS JSON OBJECT", name="metrics"),
    sa.CheckConstraint("(approved_by_id IS NULL) = (approved_at IS NULL)", name="approval"),
    sa.CheckConstraint("approved_by_id <> trained_by_id", name="second_person"),
    sa.CheckConstraint("approved_at IS NOT NULL OR state = 'CANDIDATE'", name="approved"),
    sa.Index(None, "trained_at", "id"),
    sa.Index(None, "product_id"),
    sa.Index(None, "trained_by_id"),
    sa.Index(None, "approved_by_id"),
)
