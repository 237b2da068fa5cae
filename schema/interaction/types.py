"""Interactions as clients see them."""

from datetime import datetime

from domain.interaction.model import Direction, InteractionOutcome
from domain.shared.channel import Channel
from resolvers.interaction import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(Channel)
described(Direction)
described(InteractionOutcome)


@node(edges.rows, prefix="int", description="A contact between the bank and a customer (客户接触).")
class Interaction(Node):
    """A call, a visit, a message."""

    channel: Channel = field(description="In which way.")
    direction: Direction = field(description="Who began it.")
    happened_at: datetime = field(description="When it began, UTC.")
    duration_minutes: int | None = field(description="How long it took, minutes.")
    subject: str = field(description="What it was about, in a few words.")
    note: str | None = field(description="What was said.")
    outcome: InteractionOutcome | None = field(description="What came of it.")
    customer: ToOne = field(edges.customer, description="The customer.")
    staff: ToOne = field(edges.staff, description="Who was in touch with them; null where a machine of the bank was.")
    task: ToOne = field(edges.task, description="The task that it was for.")
    ticket: ToOne = field(edges.ticket, description="The ticket that it was about.")
    visits: ToMany = field(edges.visits, description="The visit that it was.")
    cares: ToMany = field(edges.cares, description="The care that it was.")
