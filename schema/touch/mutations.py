"""Keeping attempts to reach customers of a campaign."""

from datetime import datetime

import strawberry

from domain.shared.channel import Channel
from domain.touch.model import FATIGUE, MOST_TOUCHES, TouchState
from domain.touch.tables import touch
from resolvers.engine.edges import OutcomeRow
from resolvers.touch import commands
from schema.building import described
from schema.errors import InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(Channel)
described(TouchState)


@strawberry.input(description="An attempt that was made, or is to be made.")
class RecordTouchInput:
    """Who, what for, in which way."""

    campaign_id: strawberry.ID = strawberry.field(description="The campaign; it is under way.")
    customer_id: strawberry.ID = strawberry.field(description="Whom it is for, of the campaign's audience.")
    channel: Channel = strawberry.field(description="In which way.")
    state: TouchState | None = strawberry.field(
        description="How far it came; REACHED unless said.", default=strawberry.UNSET
    )
    happened_at: datetime | None = strawberry.field(
        description="When it was made, or is to be made; now unless said.", default=strawberry.UNSET
    )
    event_id: strawberry.ID | None = strawberry.field(
        description="The campaign's event that it invites to.", default=strawberry.UNSET
    )
    content: str | None = strawberry.field(description="What the customer is told.", default=strawberry.UNSET)


mutation(
    "record_touch",
    commands.record,
    input=RecordTouchInput,
    shows={"touch": (OutcomeRow(touch, "touch"), "What is kept; null where there are errors.")},
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Keep an attempt to reach a customer with the offer of a campaign. Refused, unless it is SUPPRESSED, "
    "where they have not agreed to be offered products in that way, or do not want to be reached in it; in the control "
    f"group; and after {MOST_TOUCHES} attempts within {FATIGUE.days} days, of whichever campaigns.",
)
