"""Visits as clients see them."""

from datetime import datetime
from decimal import Decimal

from domain.visit.model import VisitPlace, VisitPurpose, VisitState
from resolvers.visit import edges
from schema.building import described
from schema.node import Node, ToOne, field, node

described(VisitPlace)
described(VisitPurpose)
described(VisitState)


@node(
    edges.rows,
    prefix="vis",
    description="Somebody going to see a customer (拜访). Seen by who visits and who planned it, and where its branch "
    "or its customer is in reach.",
)
class Visit(Node):
    """A way to a customer."""

    purpose: VisitPurpose = field(description="What it is for.")
    state: VisitState = field(description="How far it has come.")
    place: VisitPlace = field(description="Where the customer is visited.")
    subject: str = field(description="What it is about, in a few words.")
    planned_at: datetime = field(description="When it is to begin, UTC.")
    planned_minutes: int | None = field(description="How long it is to take, minutes.")
    checked_in_at: datetime | None = field(description="When who visits said that they are there, UTC.")
    latitude: Decimal | None = field(
        edges.latitude, description="Where they were then, degrees north, to about a hundred metres."
    )
    longitude: Decimal | None = field(edges.longitude, description="The same, degrees east.")
    completed_at: datetime | None = field(description="When it was over, UTC.")
    cancelled_at: datetime | None = field(description="When it was cancelled, UTC.")
    cancellation_reason: str | None = field(description="Why it was cancelled.")
    customer: ToOne = field(edges.customer, description="Who is visited; null where the reader may not see them.")
    staff: ToOne = field(edges.staff_member, description="Who visits.")
    planned_by: ToOne = field(edges.planned_by, description="Who planned it; null where the system did.")
    branch: ToOne = field(edges.branch, description="For which branch.")
    contact_point: ToOne = field(edges.contact_point, description="The customer's address that it goes to.")
    task: ToOne = field(edges.task, description="The task that it serves.")
    interaction: ToOne = field(edges.interaction, description="The contact that it was kept as.")
