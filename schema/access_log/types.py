"""Entries of the access log as clients see them."""

from datetime import datetime

from domain.audit.model import EventKind
from resolvers.access_log import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(EventKind)


@node(
    edges.rows,
    prefix="evt",
    description="An entry of the access log (访问日志): who saw, changed or tried what, when and what for. Visible to "
    "who did it and to those who answer for a customer it tells of; reading the log is logged too.",
)
class AccessEvent(Node):
    """Something that was done."""

    recorded_at: datetime = field(description="When, UTC.")
    kind: EventKind = field(description="What kind of thing.")
    action: str = field(description="Name of the operation, or of what was done.")
    purpose: str | None = field(description="What the client said it was for.")
    request_id: str | None = field(description="Id of the request, as in its answer's header.")
    concept: str | None = field(description="What was changed, by its name in the graph's words.")
    staff: ToOne = field(edges.actor, description="Who did it; null where nobody was signed in.")
    customers: ToMany = field(edges.customers, description="Customers it tells of.")
