"""Risk assessments: what customers answered to how much risk they can bear. Never changed; the last one holds."""

import sqlalchemy as sa

from domain.risk_assessment.model import RiskLevel
from domain.shared.channel import Channel
from domain.shared.columns import c1, c2, choice, from_source, metadata, node, reference

risk_assessment = sa.Table(
    "risk_assessment",
    metadata,
    *node(),
    reference("customer_id", "customer"),
    choice("level", RiskLevel, personal=True),
    c2("points", sa.Integer, nullable=True),
    c1("questionnaire", sa.Text),
    choice("channel", Channel),
    c1("assessed_on", sa.Date),
    # Last day on which products may be sold by it.
    c1("expires_on", sa.Date),
    # Nobody: the customer answered by themselves.
    reference("assessed_by_id", "staff", nullable=True),
    from_source(),
    sa.CheckConstraint("assessed_on <= expires_on", name="period"),
    sa.CheckConstraint("points >= 0", name="points"),
    sa.Index(None, "customer_id", "assessed_on"),
    sa.Index(None, "assessed_by_id"),
    sa.Index(None, "assessed_on", "id"),
)
