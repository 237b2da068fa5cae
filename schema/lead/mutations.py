"""Leads from when the bank learns of somebody until an opportunity comes of it, or nothing does."""

from datetime import date
from decimal import Decimal

import strawberry

from domain.lead.model import LeadDropReason, LeadOrigin
from domain.lead.tables import lead
from domain.opportunity.model import OpportunityKind, OpportunityOccasion
from domain.opportunity.tables import opportunity
from domain.shared.channel import Channel
from resolvers.engine.edges import OutcomeRow
from resolvers.lead import commands
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation
from schema.scalars import Identifier

described(Channel)
described(LeadDropReason)
described(LeadOrigin)
described(OpportunityKind)
described(OpportunityOccasion)

SHOWN = "The lead as it is now; null where there are errors, or it is out of the reader's sight now."
SHOWS = {"lead": (OutcomeRow(lead, "lead"), SHOWN)}
OPPORTUNITY = (OutcomeRow(opportunity, "opportunity"), "What came of it; null where there are errors.")
VERSION = "Its `version` as the client read it."
UNSET = strawberry.UNSET


@strawberry.input(description="What the bank was told: of a customer, or of somebody with a name or a telephone.")
class CaptureLeadInput:
    """A new lead."""

    origin: LeadOrigin = strawberry.field(description="Where the bank learned of it.")
    channel: Channel = strawberry.field(description="In which way it reached the bank.")
    interest: str = strawberry.field(description="What they may want.")
    customer_id: strawberry.ID | None = strawberry.field(description="Who they are.", default=UNSET)
    name: str | None = strawberry.field(description="How they are called.", default=UNSET)
    phone: Identifier | None = strawberry.field(description="Their telephone number; kept sealed.", default=UNSET)
    product_id: strawberry.ID | None = strawberry.field(description="What they may want.", default=UNSET)
    owner_id: strawberry.ID | None = strawberry.field(
        description="Who follows it up, where they work; unless said, anybody in the branch.", default=UNSET
    )
    branch_id: strawberry.ID | None = strawberry.field(
        description="Where it waits while it is nobody's; the reader's own branch unless said.", default=UNSET
    )


@strawberry.input(description="Who follows a lead up from here on.")
class AssignLeadInput:
    """Somebody, or anybody."""

    id: strawberry.ID = strawberry.field(description="The lead.")
    expected_version: int = strawberry.field(description=VERSION)
    owner_id: strawberry.ID | None = strawberry.field(
        description="Who, where they work; unless said, anybody in the branch.", default=UNSET
    )


@strawberry.input(description="The opportunity that comes of a lead.")
class QualifyLeadInput:
    """What may be sold, and to whom."""

    id: strawberry.ID = strawberry.field(description="The lead.")
    expected_version: int = strawberry.field(description=VERSION)
    customer_id: strawberry.ID | None = strawberry.field(
        description="The customer whom they turned out to be, where the lead does not name one.", default=UNSET
    )
    name: str | None = strawberry.field(
        description="What may be sold, in a few words; what they may want unless said.", default=UNSET
    )
    description: str | None = strawberry.field(description="What there is to know about it.", default=UNSET)
    kind: OpportunityKind | None = strawberry.field(
        description="How it goes on from what the customer has; NEW_SALE unless said.", default=UNSET
    )
    occasion: OpportunityOccasion | None = strawberry.field(description="What gave rise to it.", default=UNSET)
    product_id: strawberry.ID | None = strawberry.field(
        description="What may be sold; the lead's unless said.", default=UNSET
    )
    amount: Decimal | None = strawberry.field(description="How much may be sold.", default=UNSET)
    currency: str | None = strawberry.field(
        description="Currency of the amount, ISO 4217; the bank's own unless said.", default=UNSET
    )
    probability_ratio: Decimal | None = strawberry.field(
        description="How likely it is sold, from 0 to 1; what is usual in its stage unless said.", default=UNSET
    )
    expected_close_on: date | None = strawberry.field(description="Day on which it should be decided.", default=UNSET)


@strawberry.input(description="A lead of which nothing comes.")
class DropLeadInput:
    """Why."""

    id: strawberry.ID = strawberry.field(description="The lead.")
    expected_version: int = strawberry.field(description=VERSION)
    reason: LeadDropReason = strawberry.field(description="Why.")
    note: str | None = strawberry.field(description="What to write down.", default=UNSET)


CHANGES = (NotFound, NotPermitted, InvalidInput, Conflict)

mutation(
    "capture_lead",
    commands.capture,
    input=CaptureLeadInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Keep that somebody, customer or not, may want something.",
    bulk="capture_leads",
)
mutation(
    "assign_lead",
    commands.assign,
    input=AssignLeadInput,
    shows=SHOWS,
    errors=CHANGES,
    description="Let somebody else follow up an open lead.",
    bulk="assign_leads",
)
mutation(
    "qualify_lead",
    commands.qualify,
    input=QualifyLeadInput,
    shows={**SHOWS, "opportunity": OPPORTUNITY},
    errors=CHANGES,
    description="Make an opportunity of an open lead, owned by who follows it up, where it is followed up.",
)
mutation(
    "drop_lead",
    commands.drop,
    input=DropLeadInput,
    shows=SHOWS,
    errors=CHANGES,
    description="Say that nothing comes of an open lead, and why.",
)
