"""Keeping contacts with customers."""

from datetime import datetime

import strawberry

from domain.interaction.model import Direction, InteractionOutcome
from domain.interaction.tables import interaction
from domain.shared.channel import Channel
from resolvers.engine.edges import OutcomeRow
from resolvers.interaction import commands
from schema.building import described
from schema.errors import InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(Channel)
described(Direction)
described(InteractionOutcome)


@strawberry.input(description="A contact that the reader had with a customer.")
class LogInteractionInput:
    """What is kept of it."""

    customer_id: strawberry.ID = strawberry.field(description="The customer.")
    channel: Channel = strawberry.field(description="In which way.")
    direction: Direction = strawberry.field(description="Who began it.")
    subject: str = strawberry.field(description="What it was about, in a few words.")
    note: str | None = strawberry.field(description="What was said.", default=strawberry.UNSET)
    outcome: InteractionOutcome | None = strawberry.field(description="What came of it.", default=strawberry.UNSET)
    happened_at: datetime | None = strawberry.field(
        description="When it began; now unless said.", default=strawberry.UNSET
    )
    duration_minutes: int | None = strawberry.field(description="How long it took, minutes.", default=strawberry.UNSET)
    task_id: strawberry.ID | None = strawberry.field(
        description="The task that it was for, one that the reader sees.", default=strawberry.UNSET
    )
    ticket_id: strawberry.ID | None = strawberry.field(
        description="The ticket that it was about, one that the reader sees.", default=strawberry.UNSET
    )


mutation(
    "log_interaction",
    commands.log,
    input=LogInteractionInput,
    shows={"interaction": (OutcomeRow(interaction, "interaction"), "What is kept; null where there are errors.")},
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Keep a contact with a customer.",
    bulk="log_interactions",
)
