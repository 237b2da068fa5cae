"""Contacts with customers by the keys of other systems."""

from datetime import datetime

import strawberry

from domain.customer.tables import customer
from domain.interaction.model import Direction, InteractionOutcome
from domain.interaction.tables import interaction
from domain.shared.channel import Channel
from resolvers.engine.edges import OutcomeRow
from resolvers.interaction import deliveries
from schema.building import described
from schema.delivery import DELIVERY, DeliveredOfCustomerInput
from schema.errors import InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

for _words in (Channel, Direction, InteractionOutcome):
    described(_words)


@strawberry.input(description="A contact as another system knows it. What is left out stays; null takes a value away.")
class UpsertInteractionInput(DeliveredOfCustomerInput):
    """Made where there is none under the key."""

    channel: Channel = strawberry.field(description="In which way it took place.")
    direction: Direction = strawberry.field(description="Who began it.")
    happened_at: datetime = strawberry.field(description="When it began.")
    subject: str = strawberry.field(description="What it was about, in a few words.")
    note: str | None = strawberry.field(description="What was said.", default=strawberry.UNSET)
    outcome: InteractionOutcome | None = strawberry.field(description="What came of it.", default=strawberry.UNSET)
    duration_minutes: int | None = strawberry.field(description="How long it took.", default=strawberry.UNSET)


mutation(
    "upsert_interaction",
    deliveries.upsert,
    input=UpsertInteractionInput,
    shows={
        "interaction": (OutcomeRow(interaction, "interaction"), "The contact, where the reader sees any."),
        "customer": (OutcomeRow(customer, "customer"), "With whom; null where there are errors."),
        **DELIVERY,
    },
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Make or change the contact under a source's key.",
    bulk="upsert_interactions",
)
