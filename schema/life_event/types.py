"""Life events as clients see them."""

from datetime import date
from decimal import Decimal

from domain.life_event.model import LifeEventEvidence, LifeEventKind, LifeEventState
from resolvers.life_event import edges
from schema.building import described
from schema.node import Node, ToOne, field, node

described(LifeEventEvidence)
described(LifeEventKind)
described(LifeEventState)


@node(edges.rows, prefix="lev", description="What changes in a customer's life, or will (生活事件).")
class LifeEvent(Node):
    """A marriage, a birth, a move."""

    kind: LifeEventKind = field(description="What happens.")
    state: LifeEventState = field(description="Whether it still counts.")
    happens_on: date = field(description="The day; after the business date where it is expected.")
    evidence: LifeEventEvidence = field(description="What the bank knows it from.")
    confidence_ratio: Decimal = field(description="How sure it is, from 0 to 1.")
    note: str | None = field(description="What else is known of it.")
    customer: ToOne = field(edges.customer, description="Whose life it is.")
    document: ToOne = field(edges.document, description="The document that shows it.")
    recorded_by: ToOne = field(edges.recorded_by, description="Who took it down; null where the system found it.")
