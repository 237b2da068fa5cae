"""Planning care for customers, doing it, leaving it out."""

from datetime import date

import strawberry

from domain.care_plan.model import CareOccasion
from domain.care_plan.tables import care, care_plan
from domain.interaction.model import InteractionOutcome
from domain.shared.channel import Channel
from resolvers.care_plan import commands
from resolvers.engine.edges import OutcomeRow
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(CareOccasion)
described(Channel)
described(InteractionOutcome)

PLAN = {"carePlan": (OutcomeRow(care_plan, "carePlan"), "The plan as it is now; null where there are errors.")}
CARE = {"care": (OutcomeRow(care, "care"), "The care as it is now; null where there are errors.")}
VERSION = "Its `version` as the client read it."


@strawberry.input(description="How the reader is going to care for customers.")
class CreateCarePlanInput:
    """Whom, when and how."""

    title: str = strawberry.field(description="What it is called.")
    occasion: CareOccasion = strawberry.field(description="When.")
    channel: Channel = strawberry.field(description="In which way.")
    customer_id: strawberry.ID | None = strawberry.field(
        description="Whom, where it is for one customer.", default=strawberry.UNSET
    )
    tag_id: strawberry.ID | None = strawberry.field(
        description="Those of the portfolio who have this tag; with neither: all of it.", default=strawberry.UNSET
    )
    lead_days: int = strawberry.field(description="Days ahead of the occasion, 0 to 366.", default=0)
    every_days: int | None = strawberry.field(
        description="Every how many days, 1 to 366, for what is REGULAR.", default=strawberry.UNSET
    )
    starts_on: date | None = strawberry.field(
        description="First business date; today's unless said.", default=strawberry.UNSET
    )
    ends_on: date | None = strawberry.field(
        description="Last business date; until further notice unless said.", default=strawberry.UNSET
    )
    greeting: str | None = strawberry.field(description="What to say.", default=strawberry.UNSET)


@strawberry.input(description="A plan that does not go on.")
class EndCarePlanInput:
    """Which one."""

    id: strawberry.ID = strawberry.field(description="The plan.")
    expected_version: int = strawberry.field(description=VERSION)


@strawberry.input(description="Care that was done.")
class CompleteCareInput:
    """What is kept of it."""

    id: strawberry.ID = strawberry.field(description="The care.")
    expected_version: int = strawberry.field(description=VERSION)
    subject: str = strawberry.field(description="What it was about, in a few words.")
    note: str | None = strawberry.field(description="What was said.", default=strawberry.UNSET)
    outcome: InteractionOutcome | None = strawberry.field(description="What came of it.", default=strawberry.UNSET)


@strawberry.input(description="Care that is left out this time.")
class SkipCareInput:
    """Which, and why."""

    id: strawberry.ID = strawberry.field(description="The care.")
    expected_version: int = strawberry.field(description=VERSION)
    note: str | None = strawberry.field(description="Why.", default=strawberry.UNSET)


mutation(
    "create_care_plan",
    commands.create,
    input=CreateCarePlanInput,
    shows=PLAN,
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Plan how the reader cares for a customer, or for customers of their portfolio.",
)
mutation(
    "end_care_plan",
    commands.end,
    input=EndCarePlanInput,
    shows=PLAN,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="End a plan; what was still to be done by it is left out.",
)
mutation(
    "complete_care",
    commands.complete,
    input=CompleteCareInput,
    shows=CARE,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Say that care was done; it is kept as a contact with the customer.",
)
mutation(
    "skip_care",
    commands.skip,
    input=SkipCareInput,
    shows=CARE,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Leave care out this time.",
)
