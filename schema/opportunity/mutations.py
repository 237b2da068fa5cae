"""Opportunities from the first hint to their end."""

from datetime import date
from decimal import Decimal

import strawberry

from domain.opportunity.model import OpportunityCloseReason, OpportunityKind, OpportunityOccasion, OpportunityStage
from domain.opportunity.tables import opportunity
from resolvers.engine.edges import OutcomeRow
from resolvers.opportunity import commands
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(OpportunityCloseReason)
described(OpportunityKind)
described(OpportunityOccasion)
described(OpportunityStage)

SHOWN = "The opportunity as it is now; null where there are errors, or it is out of the reader's sight now."
SHOWS = {"opportunity": (OutcomeRow(opportunity, "opportunity"), SHOWN)}
VERSION = "Its `version` as the client read it."
UNSET = strawberry.UNSET


@strawberry.input(description="A possible sale.")
class CreateOpportunityInput:
    """A new opportunity."""

    customer_id: strawberry.ID = strawberry.field(description="Who may buy.")
    name: str = strawberry.field(description="What may be sold, in a few words.")
    description: str | None = strawberry.field(description="What there is to know about it.", default=UNSET)
    kind: OpportunityKind = strawberry.field(description="How it goes on from what the customer has.")
    occasion: OpportunityOccasion | None = strawberry.field(description="What gave rise to it.", default=UNSET)
    stage: OpportunityStage | None = strawberry.field(
        description="How far it has come already; IDENTIFIED unless said.", default=UNSET
    )
    product_id: strawberry.ID | None = strawberry.field(description="What may be sold.", default=UNSET)
    amount: Decimal | None = strawberry.field(description="How much may be sold.", default=UNSET)
    currency: str | None = strawberry.field(
        description="Currency of the amount, ISO 4217; the bank's own unless said.", default=UNSET
    )
    probability_ratio: Decimal | None = strawberry.field(
        description="How likely it is sold, from 0 to 1; what is usual in its stage unless said.", default=UNSET
    )
    expected_close_on: date | None = strawberry.field(description="Day on which it should be decided.", default=UNSET)
    owner_id: strawberry.ID | None = strawberry.field(
        description="Who is to make it a sale; the reader unless said, anybody in the branch where null.",
        default=UNSET,
    )
    branch_id: strawberry.ID | None = strawberry.field(
        description="Where it waits while it is nobody's; the reader's own branch unless said. With `ownerId`, where "
        "they work.",
        default=UNSET,
    )


@strawberry.input(description="What is known of an opportunity now; what is left out stays as it was.")
class ChangeOpportunityInput:
    """Any of its terms."""

    id: strawberry.ID = strawberry.field(description="The opportunity.")
    expected_version: int = strawberry.field(description=VERSION)
    customer_id: strawberry.ID | None = strawberry.field(description="Who may buy.", default=UNSET)
    name: str | None = strawberry.field(description="What may be sold, in a few words.", default=UNSET)
    description: str | None = strawberry.field(description="What there is to know about it.", default=UNSET)
    kind: OpportunityKind | None = strawberry.field(
        description="How it goes on from what the customer has.", default=UNSET
    )
    occasion: OpportunityOccasion | None = strawberry.field(description="What gave rise to it.", default=UNSET)
    product_id: strawberry.ID | None = strawberry.field(description="What may be sold.", default=UNSET)
    amount: Decimal | None = strawberry.field(description="How much may be sold.", default=UNSET)
    currency: str | None = strawberry.field(description="Currency of the amount, ISO 4217.", default=UNSET)
    probability_ratio: Decimal | None = strawberry.field(
        description="How likely it is sold, from 0 to 1.", default=UNSET
    )
    expected_close_on: date | None = strawberry.field(description="Day on which it should be decided.", default=UNSET)


@strawberry.input(description="The stage that an opportunity comes to, further or back.")
class MoveOpportunityInput:
    """Where to."""

    id: strawberry.ID = strawberry.field(description="The opportunity.")
    expected_version: int = strawberry.field(description=VERSION)
    stage: OpportunityStage = strawberry.field(description="Any but WON and LOST, which closing leads to.")
    probability_ratio: Decimal | None = strawberry.field(
        description="How likely it is sold, from 0 to 1; what is usual in its stage unless said.", default=UNSET
    )
    note: str | None = strawberry.field(description="What to write down.", default=UNSET)


@strawberry.input(description="How an opportunity ended.")
class CloseOpportunityInput:
    """Sold or not, and why."""

    id: strawberry.ID = strawberry.field(description="The opportunity.")
    expected_version: int = strawberry.field(description=VERSION)
    is_won: bool = strawberry.field(description="Whether it was sold; then its customer has to be known.")
    reason: OpportunityCloseReason = strawberry.field(description="What decided it.")
    note: str | None = strawberry.field(description="What to write down.", default=UNSET)


@strawberry.input(description="Who is to make an opportunity a sale from here on.")
class AssignOpportunityInput:
    """Somebody, or anybody."""

    id: strawberry.ID = strawberry.field(description="The opportunity.")
    expected_version: int = strawberry.field(description=VERSION)
    owner_id: strawberry.ID | None = strawberry.field(
        description="Who, where they work; unless said, anybody in the branch.", default=UNSET
    )


CHANGES = (NotFound, NotPermitted, InvalidInput, Conflict)

mutation(
    "create_opportunity",
    commands.create,
    input=CreateOpportunityInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Keep that somebody may buy something.",
    bulk="create_opportunities",
)
mutation(
    "change_opportunity",
    commands.change,
    input=ChangeOpportunityInput,
    shows=SHOWS,
    errors=CHANGES,
    description="Write down what is known of an open opportunity now.",
    bulk="change_opportunities",
)
mutation(
    "move_opportunity",
    commands.move_to,
    input=MoveOpportunityInput,
    shows=SHOWS,
    errors=CHANGES,
    description="Take an open opportunity to another stage.",
)
mutation(
    "close_opportunity",
    commands.close,
    input=CloseOpportunityInput,
    shows=SHOWS,
    errors=CHANGES,
    description="Say that an opportunity was won or lost, for good.",
)
mutation(
    "assign_opportunity",
    commands.assign,
    input=AssignOpportunityInput,
    shows=SHOWS,
    errors=CHANGES,
    description="Let somebody else make an open opportunity a sale.",
    bulk="assign_opportunities",
)
