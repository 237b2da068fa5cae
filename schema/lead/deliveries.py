"""Leads by the keys of other systems."""

from datetime import datetime

import strawberry

from domain.lead.model import LeadOrigin
from domain.lead.tables import lead
from domain.shared.channel import Channel
from resolvers.engine.edges import OutcomeRow
from resolvers.lead import deliveries
from schema.building import described
from schema.delivery import DELIVERY, DeliveredOfCustomerInput
from schema.errors import InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation
from schema.scalars import Identifier

described(Channel)
described(LeadOrigin)


@strawberry.input(
    description="A lead as another system knows it: of a customer, or of somebody with a name or a telephone. What is "
    "left out stays; null takes a value away. Who follows it up and what became of it is the bank's own."
)
class UpsertLeadInput(DeliveredOfCustomerInput):
    """Made where there is none under the key."""

    origin: LeadOrigin = strawberry.field(description="Where the bank learned of it.")
    channel: Channel = strawberry.field(description="In which way it reached the bank.")
    interest: str = strawberry.field(description="What they may want.")
    name: str | None = strawberry.field(description="How they are called.", default=strawberry.UNSET)
    phone: Identifier | None = strawberry.field(
        description="Their telephone number; kept sealed.", default=strawberry.UNSET
    )
    product_id: strawberry.ID | None = strawberry.field(description="What they may want.", default=strawberry.UNSET)
    branch_id: strawberry.ID | None = strawberry.field(
        description="Where a new one waits; the reader's own branch unless said.", default=strawberry.UNSET
    )
    captured_at: datetime | None = strawberry.field(
        description="When a new one was learned of; now unless said.", default=strawberry.UNSET
    )


mutation(
    "upsert_lead",
    deliveries.upsert,
    input=UpsertLeadInput,
    shows={
        "lead": (OutcomeRow(lead, "lead"), "The lead, where the reader sees it; null where there are errors."),
        **DELIVERY,
    },
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Make or change the lead under a source's key.",
    bulk="upsert_leads",
)
