"""Responses as clients see them."""

from datetime import datetime

from domain.response.model import ResponseKind
from resolvers.response import edges
from schema.building import described
from schema.money import Money
from schema.node import Node, ToOne, field, node

described(ResponseKind)


@node(
    edges.rows,
    prefix="res",
    description="What came back from a customer of a campaign's audience (响应), reached or left alone.",
)
class Response(Node):
    """An answer."""

    kind: ResponseKind = field(description="What came back.")
    responded_at: datetime = field(description="When, UTC.")
    amount: Money | None = field(edges.amount_taken, description="For how much they took the offer.")
    currency: str = field(description="Currency of that, ISO 4217.")
    satisfaction: int | None = field(description="How they liked it, 1 (not at all) to 5.")
    note: str | None = field(description="What they said.")
    campaign: ToOne = field(edges.campaign, description="The campaign.")
    event: ToOne = field(edges.event, description="The event that it is about.")
    customer: ToOne = field(edges.customer, description="Who answered.")
    touch: ToOne = field(edges.touch, description="What they answered; null where it came without.")
    product: ToOne = field(edges.product, description="What they took.")
    opportunity: ToOne = field(edges.opportunity, description="The opportunity that it belongs to.")
    recorded_by: ToOne = field(edges.recorded_by, description="Who took it down; null where a machine did.")
