"""Hand-overs as clients see them."""

from datetime import date, datetime

from domain.handover.model import HandoverCause, HandoverState
from resolvers.handover import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(HandoverCause)
described(HandoverState)


@node(
    edges.rows,
    prefix="han",
    description="Customers of one branch whose manager has left or moved, until others manage them (管户移交).",
)
class Handover(Node):
    """Work that somebody left behind."""

    cause: HandoverCause = field(description="Why they have nobody.")
    state: HandoverState = field(description="Whether they have somebody again.")
    opened_on: date = field(description="Business date on which their manager left or moved.")
    customer_count: int = field(
        description="Customers whose manager (A角) it was, whether the reader sees them or not."
    )
    backup_customer_count: int = field(description="Customers whose backup manager (B角) it was, likewise.")
    note: str | None = field(description="What whoever takes over should know.")
    completed_at: datetime | None = field(description="When others were found.")
    staff: ToOne = field(edges.former_manager, description="Who managed them.")
    branch: ToOne = field(edges.branch, description="Branch in whose pool they are.")
    completed_by: ToOne = field(edges.completed_by, description="Who gave them to others.")
    customers: ToMany = field(edges.customers, description="Customers whose manager it was.")
    backup_customers: ToMany = field(edges.backup_customers, description="Customers whose backup manager it was.")
