"""Planning visits, beginning them, keeping what came of them."""

from datetime import datetime
from decimal import Decimal

import strawberry

from domain.interaction.model import InteractionOutcome
from domain.visit.model import VisitPlace, VisitPurpose
from domain.visit.tables import visit
from resolvers.engine.edges import OutcomeRow
from resolvers.visit import commands
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(InteractionOutcome)
described(VisitPlace)
described(VisitPurpose)

SHOWS = {"visit": (OutcomeRow(visit, "visit"), "The visit as it is now; null where there are errors.")}
VERSION = "Its `version` as the client read it."


@strawberry.input(description="A visit that is to take place.")
class PlanVisitInput:
    """Who, whom, when and what for."""

    customer_id: strawberry.ID = strawberry.field(description="Who is visited.")
    purpose: VisitPurpose = strawberry.field(description="What it is for.")
    place: VisitPlace = strawberry.field(description="Where they are visited.")
    subject: str = strawberry.field(description="What it is about, in a few words; no address.")
    planned_at: datetime = strawberry.field(description="When it is to begin.")
    planned_minutes: int | None = strawberry.field(
        description="How long it is to take, minutes.", default=strawberry.UNSET
    )
    staff_id: strawberry.ID | None = strawberry.field(
        description="Who visits; the reader unless said.", default=strawberry.UNSET
    )
    contact_point_id: strawberry.ID | None = strawberry.field(
        description="The customer's address that it goes to.", default=strawberry.UNSET
    )
    task_id: strawberry.ID | None = strawberry.field(
        description="The task that it serves, one that the reader sees.", default=strawberry.UNSET
    )


@strawberry.input(description="A visit that begins.")
class CheckInVisitInput:
    """Which one, and where."""

    id: strawberry.ID = strawberry.field(description="The visit, which the reader makes.")
    expected_version: int = strawberry.field(description=VERSION)
    latitude: Decimal | None = strawberry.field(
        description="Where they are, degrees north; kept to about a hundred metres.", default=strawberry.UNSET
    )
    longitude: Decimal | None = strawberry.field(description="The same, degrees east.", default=strawberry.UNSET)


@strawberry.input(description="A visit that has taken place.")
class CompleteVisitInput:
    """What came of it."""

    id: strawberry.ID = strawberry.field(description="The visit, which the reader has made.")
    expected_version: int = strawberry.field(description=VERSION)
    note: str | None = strawberry.field(description="What was said.", default=strawberry.UNSET)
    outcome: InteractionOutcome | None = strawberry.field(description="What came of it.", default=strawberry.UNSET)
    duration_minutes: int | None = strawberry.field(description="How long it took, minutes.", default=strawberry.UNSET)


@strawberry.input(description="A visit that does not take place.")
class CancelVisitInput:
    """Which one, and why."""

    id: strawberry.ID = strawberry.field(description="The visit.")
    expected_version: int = strawberry.field(description=VERSION)
    reason: str | None = strawberry.field(description="Why.", default=strawberry.UNSET)


mutation(
    "plan_visit",
    commands.plan,
    input=PlanVisitInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Plan a visit to a customer.",
)
mutation(
    "check_in_visit",
    commands.check_in,
    input=CheckInVisitInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Say that one is where the customer is.",
)
mutation(
    "complete_visit",
    commands.complete,
    input=CompleteVisitInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Say what came of a visit; it is kept as a contact with the customer.",
)
mutation(
    "cancel_visit",
    commands.cancel,
    input=CancelVisitInput,
    shows=SHOWS,
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Say that a visit does not take place.",
)
