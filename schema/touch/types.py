"""Touches as clients see them."""

from datetime import datetime

from domain.shared.channel import Channel
from domain.touch.model import TouchState
from resolvers.touch import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(Channel)
described(TouchState)


@node(edges.rows, prefix="tou", description="An attempt to reach a customer with the offer of a campaign (触达).")
class Touch(Node):
    """One attempt, in one way."""

    channel: Channel = field(description="In which way.")
    state: TouchState = field(description="How far it came.")
    happened_at: datetime = field(description="When it was made, or is to be made, UTC.")
    content: str | None = field(description="What the customer was told.")
    campaign: ToOne = field(edges.campaign, description="The campaign.")
    event: ToOne = field(edges.event, description="The event that it invites to.")
    customer: ToOne = field(edges.customer, description="Whom it is for.")
    staff: ToOne = field(edges.staff, description="Who makes it; null where a machine does.")
    responses: ToMany = field(edges.responses, description="What came back, newest first.")
