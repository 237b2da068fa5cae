"""Grants of access as clients see them."""

from datetime import date, datetime

from domain.access_grant.model import AccessGrantReason
from resolvers.access_grant import edges
from schema.building import described
from schema.node import Node, ToOne, field, node

described(AccessGrantReason)


@node(
    edges.rows,
    prefix="gra",
    description="Lets somebody see a customer who is not theirs for a while (授权), as if they managed them.",
)
class AccessGrant(Node):
    """An exception with an end."""

    reason: AccessGrantReason = field(description="What it is for.")
    starts_on: date = field(description="First business date on which it holds.")
    ends_on: date = field(description="Last business date on which it holds.")
    ended_at: datetime | None = field(description="When it was ended before its time; null where it was not.")
    customer: ToOne = field(edges.granted_customer, description="Whom it lets be seen.")
    staff: ToOne = field(edges.grantee, description="Who may see them.")
    granted_by: ToOne = field(edges.granted_by, description="Who granted it.")
