"""Leaving customers alone, and no longer."""

from datetime import date

import strawberry

from domain.do_not_contact.model import DoNotContactReason
from domain.do_not_contact.tables import do_not_contact
from domain.shared.channel import Channel
from resolvers.do_not_contact import commands
from resolvers.engine.edges import OutcomeRow
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(Channel)
described(DoNotContactReason)


@strawberry.input(description="Whom to leave alone.")
class SetDoNotContactInput:
    """Who, why, and until when."""

    customer_id: strawberry.ID = strawberry.field(description="Whom to leave alone.")
    reason: DoNotContactReason = strawberry.field(description="Why.")
    channel: Channel | None = strawberry.field(
        description="Through which channel; through any unless said.", default=strawberry.UNSET
    )
    note: str | None = strawberry.field(
        description="What else there is to know; another reason has to be told.", default=strawberry.UNSET
    )
    starts_on: date | None = strawberry.field(
        description="First business date; today's unless said.", default=strawberry.UNSET
    )
    ends_on: date | None = strawberry.field(
        description="Last business date; until it is lifted unless said.", default=strawberry.UNSET
    )


@strawberry.input(description="Who need not be left alone any more.")
class LiftDoNotContactInput:
    """Which, and why."""

    id: strawberry.ID = strawberry.field(description="The do-not-contact.")
    because: str = strawberry.field(description="Why.")
    expected_version: int = strawberry.field(description="The version that the client read.")


SHOWN = (OutcomeRow(do_not_contact, "doNotContact"), "The do-not-contact as it is now; null where there are errors.")

mutation(
    "set_do_not_contact",
    commands.set_alone,
    input=SetDoNotContactInput,
    shows={"doNotContact": SHOWN},
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Leave a customer alone, whatever they consented to.",
)
mutation(
    "lift_do_not_contact",
    commands.lift,
    input=LiftDoNotContactInput,
    shows={"doNotContact": SHOWN},
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Leave a customer alone no longer; what they consented to decides again.",
)
