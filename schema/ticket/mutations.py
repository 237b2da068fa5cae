"""Opening tickets, and what is done with them until they are closed."""

import strawberry

from domain.shared.channel import Channel
from domain.shared.priority import Priority
from domain.ticket.model import HIGHEST_LEVEL, TicketKind
from domain.ticket.tables import ticket
from resolvers.engine.edges import OutcomeRow
from resolvers.ticket import commands
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(Channel)
described(Priority)
described(TicketKind)

SHOWN = "The ticket as it is now; null where there are errors, or it is out of the reader's sight now."
SHOWS = {"ticket": (OutcomeRow(ticket, "ticket"), SHOWN)}
VERSION = "Its `version` as the client read it."


@strawberry.input(description="What a customer wants from the bank.")
class OpenTicketInput:
    """A new ticket."""

    kind: TicketKind = strawberry.field(description="What the customer comes with.")
    channel: Channel = strawberry.field(description="In which way it reached the bank.")
    subject: str = strawberry.field(description="What it is about, in a few words.")
    description: str | None = strawberry.field(description="What the customer said.", default=strawberry.UNSET)
    priority: Priority | None = strawberry.field(
        description="How soon it wants to be answered, which says when it is due; NORMAL unless said.",
        default=strawberry.UNSET,
    )
    customer_id: strawberry.ID | None = strawberry.field(
        description="Whose it is; nobody where they are no customer, or were not recognised.", default=strawberry.UNSET
    )
    account_id: strawberry.ID | None = strawberry.field(
        description="An account of that customer that it is about.", default=strawberry.UNSET
    )
    product_id: strawberry.ID | None = strawberry.field(
        description="The product that it is about.", default=strawberry.UNSET
    )
    branch_id: strawberry.ID | None = strawberry.field(
        description="In whose queue it waits; that of the reader's own branch unless said.", default=strawberry.UNSET
    )
    linked_to_id: strawberry.ID | None = strawberry.field(
        description="An earlier ticket that it belongs to.", default=strawberry.UNSET
    )


@strawberry.input(description="Something to write down about a ticket.")
class CommentTicketInput:
    """A note."""

    id: strawberry.ID = strawberry.field(description="The ticket.")
    note: str = strawberry.field(description="What to write down.")
    waits_for_customer: bool | None = strawberry.field(
        description="Whether it waits for the customer from here on; as before unless said.", default=strawberry.UNSET
    )


@strawberry.input(description="Who handles a ticket from here on: somebody, or whoever is in a branch.")
class TransferTicketInput:
    """One of the two at least."""

    id: strawberry.ID = strawberry.field(description="The ticket.")
    expected_version: int = strawberry.field(description=VERSION)
    to_staff_id: strawberry.ID | None = strawberry.field(
        description="Somebody who works for the bank; it goes to where they work.", default=strawberry.UNSET
    )
    to_branch_id: strawberry.ID | None = strawberry.field(
        description="A branch that is open; without `toStaffId` it waits in its queue.", default=strawberry.UNSET
    )
    note: str | None = strawberry.field(description="What they should know.", default=strawberry.UNSET)


@strawberry.input(description="A ticket for somebody higher up.")
class EscalateTicketInput:
    """Why, and for whom."""

    id: strawberry.ID = strawberry.field(description="The ticket.")
    expected_version: int = strawberry.field(description=VERSION)
    note: str = strawberry.field(description="Why.")
    to_staff_id: strawberry.ID | None = strawberry.field(
        description="Who; unless said, who leads the branch, or the next one above it that somebody else leads.",
        default=strawberry.UNSET,
    )


@strawberry.input(description="A ticket that is answered.")
class CloseTicketInput:
    """How."""

    id: strawberry.ID = strawberry.field(description="The ticket.")
    expected_version: int = strawberry.field(description=VERSION)
    resolution: str = strawberry.field(description="How it was answered.")
    satisfaction: int | None = strawberry.field(
        description="How the customer liked it, 1 (not at all) to 5.", default=strawberry.UNSET
    )


@strawberry.input(description="A ticket that was closed too early.")
class ReopenTicketInput:
    """Why."""

    id: strawberry.ID = strawberry.field(description="The ticket.")
    expected_version: int = strawberry.field(description=VERSION)
    note: str = strawberry.field(description="Why it is taken up again.")


mutation(
    "open_ticket",
    commands.open_ticket,
    input=OpenTicketInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Take down what a customer wants.",
    bulk="open_tickets",
)
mutation(
    "comment_ticket",
    commands.comment,
    input=CommentTicketInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Write something down about a ticket, open or closed.",
    bulk="comment_tickets",
)
mutation(
    "transfer_ticket",
    commands.transfer,
    input=TransferTicketInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Give a ticket to somebody, or to another branch.",
    bulk="transfer_tickets",
)
mutation(
    "escalate_ticket",
    commands.escalate,
    input=EscalateTicketInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description=f"Bring a ticket before somebody higher up, {HIGHEST_LEVEL} times at most.",
)
mutation(
    "close_ticket",
    commands.close,
    input=CloseTicketInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Close a ticket: the customer has their answer.",
)
mutation(
    "reopen_ticket",
    commands.reopen,
    input=ReopenTicketInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Take a closed ticket up again.",
)
