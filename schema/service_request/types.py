"""Account service requests as clients see them."""

from datetime import datetime

from domain.service_request.model import ServiceRequestKind, ServiceRequestState
from resolvers.service_request import edges
from schema.building import described
from schema.money import Money
from schema.node import Node, ToOne, field, node

described(ServiceRequestKind)
described(ServiceRequestState)


@node(
    edges.rows,
    prefix="srq",
    description="What core banking is asked to do for a customer (账户服务申请): the account itself is changed there.",
)
class ServiceRequest(Node):
    """A request with an end."""

    kind: ServiceRequestKind = field(description="What is asked for.")
    state: ServiceRequestState = field(description="How far it has come.")
    amount: Money | None = field(edges.asked_amount, description="How much is asked for; of a loan.")
    requested_at: datetime = field(description="When it was asked for, UTC.")
    sent_at: datetime | None = field(description="When core banking had it, UTC.")
    settled_at: datetime | None = field(description="When it was done, refused or withdrawn, UTC.")
    core_reference: str | None = field(description="What core banking calls it.")
    reason: str | None = field(description="Why it was refused or withdrawn.")
    customer: ToOne = field(edges.customer, description="For whom.")
    account: ToOne = field(edges.account, description="The account that it is about.")
    product: ToOne = field(edges.product, description="The product that it is about.")
    ticket: ToOne = field(edges.ticket, description="The ticket that it waits as; its events say what happened to it.")
    requested_by: ToOne = field(edges.requested_by, description="Who took it down; null: the customer themselves.")
