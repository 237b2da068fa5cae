"""Referrals as clients see them."""

from datetime import datetime

from domain.referral.model import ReferralState
from resolvers.referral import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(ReferralState)


@node(
    edges.rows,
    prefix="ref",
    description="That a member of staff sent a customer on to somebody who knows more (转介). Seen by the two of "
    "them, and where its branch or its customer is in reach.",
)
class Referral(Node):
    """From one to another."""

    state: ReferralState = field(description="What became of it.")
    reason: str = field(description="What the customer wants.")
    referred_at: datetime = field(description="When they were sent on, UTC.")
    answered_at: datetime | None = field(description="When it was answered, UTC; null while it waits.")
    answer: str | None = field(description="What was answered.")
    customer: ToOne = field(edges.customer, description="Who was sent on; null where the reader may not see them.")
    product: ToOne = field(edges.product, description="What they may want, where that is known.")
    from_staff: ToOne = field(edges.from_staff, description="Who sent them on.")
    to_staff: ToOne = field(edges.to_staff, description="To whom; null while anybody in the branch may answer.")
    branch: ToOne = field(edges.branch, description="Where they were sent.")
    opportunities: ToMany = field(edges.opportunities, description="What came of it, newest first.")
