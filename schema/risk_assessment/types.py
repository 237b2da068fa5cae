"""Risk assessments as clients see them."""

from datetime import date

from domain.risk_assessment.model import RiskLevel
from domain.shared.channel import Channel
from resolvers.risk_assessment import edges
from schema.building import described
from schema.node import Node, ToOne, field, node

described(Channel)
described(RiskLevel)


@node(
    edges.rows,
    prefix="ras",
    description="How much risk a customer can bear (风险测评), as they were asked. Never changed: the last one holds, "
    "until it expires.",
)
class RiskAssessment(Node):
    """Answers to a questionnaire."""

    level: RiskLevel = field(
        description="How much risk they can bear: products up to the same number suit them, R2 and below those of C2."
    )
    points: int | None = field(description="What their answers came to.")
    questionnaire: str = field(description="Which questions they were asked.")
    channel: Channel = field(description="In which way they were asked.")
    assessed_on: date = field(description="When.")
    expires_on: date = field(description="Last day on which it holds.")
    customer: ToOne = field(edges.customer, description="The customer.")
    assessed_by: ToOne = field(edges.assessed_by, description="Who asked them; null where they answered by themselves.")
