"""Consents as clients see them."""

from datetime import datetime

from domain.consent.model import ConsentDecision, ConsentPurpose
from domain.shared.channel import Channel
from resolvers.consent import edges
from schema.building import described
from schema.node import Node, ToOne, field, node

described(Channel)
described(ConsentDecision)
described(ConsentPurpose)


@node(
    edges.rows,
    prefix="cst",
    description="What a customer said to what they were asked for (授权同意). Never changed: the last one of a purpose "
    "and channel holds.",
)
class Consent(Node):
    """A word in a ledger."""

    purpose: ConsentPurpose = field(description="What they were asked for.")
    channel: Channel | None = field(description="In which channel; null: in any.")
    decision: ConsentDecision = field(description="What they said.")
    decided_at: datetime = field(description="When they said it, UTC.")
    evidence: str = field(description="What shows that they did: a form's number, a recording's.")
    customer: ToOne = field(edges.customer, description="The customer.")
    recorded_by: ToOne = field(edges.recorded_by, description="Who took it down; null where they did it themselves.")
