"""Asking core banking for something on a customer's behalf, and telling what became of it."""

from decimal import Decimal

import strawberry

from domain.service_request.model import ServiceRequestKind
from domain.service_request.tables import service_request
from domain.shared.channel import Channel
from domain.ticket.tables import ticket
from resolvers.engine.edges import OutcomeRow
from resolvers.service_request import commands
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(Channel)
described(ServiceRequestKind)

SHOWS = {
    "serviceRequest": (OutcomeRow(service_request, "serviceRequest"), "The request as it is now."),
    "ticket": (OutcomeRow(ticket, "ticket"), "The ticket that it waits as; null where the reader does not see it."),
}
VERSION = "Its `version` as the client read it."


@strawberry.input(description="What core banking is to do for a customer.")
class RequestAccountServiceInput:
    """About an account, or a product."""

    kind: ServiceRequestKind = strawberry.field(description="What is asked for.")
    customer_id: strawberry.ID = strawberry.field(description="A customer, no prospect.")
    channel: Channel = strawberry.field(description="In which way the customer asked.")
    account_id: strawberry.ID | None = strawberry.field(
        description="An account that they own: to close, freeze or unfreeze.", default=strawberry.UNSET
    )
    product_id: strawberry.ID | None = strawberry.field(
        description="A product of the catalogue: to open an account of, or for a loan.", default=strawberry.UNSET
    )
    amount: Decimal | None = strawberry.field(
        description="Of a loan, in the bank's base currency.", default=strawberry.UNSET
    )
    note: str | None = strawberry.field(description="What who handles it should know.", default=strawberry.UNSET)


@strawberry.input(description="A request that core banking has.")
class SendServiceRequestInput:
    """Under which name."""

    id: strawberry.ID = strawberry.field(description="The request.")
    expected_version: int = strawberry.field(description=VERSION)
    core_reference: str = strawberry.field(description="What core banking calls it.")


@strawberry.input(description="What core banking made of a request.")
class SettleServiceRequestInput:
    """Done, or not."""

    id: strawberry.ID = strawberry.field(description="The request.")
    expected_version: int = strawberry.field(description=VERSION)
    is_done: bool = strawberry.field(description="Whether core banking has done it; otherwise it has refused.")
    reason: str | None = strawberry.field(description="Why it was refused.", default=strawberry.UNSET)


@strawberry.input(description="A request that is not to be sent.")
class WithdrawServiceRequestInput:
    """Why."""

    id: strawberry.ID = strawberry.field(description="The request.")
    expected_version: int = strawberry.field(description=VERSION)
    reason: str = strawberry.field(description="Why the customer wants it no more.")


mutation(
    "request_account_service",
    commands.request,
    input=RequestAccountServiceInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Ask core banking to open, close, freeze or unfreeze an account, or for a loan. It waits as a ticket.",
    bulk="request_account_services",
)
mutation(
    "send_service_request",
    commands.send,
    input=SendServiceRequestInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Tell that core banking has a request; for the program that brings it there.",
)
mutation(
    "settle_service_request",
    commands.settle,
    input=SettleServiceRequestInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Tell what core banking made of a request; its ticket is closed.",
)
mutation(
    "withdraw_service_request",
    commands.withdraw,
    input=WithdrawServiceRequestInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Withdraw a request that core banking does not have yet; its ticket is closed.",
)
