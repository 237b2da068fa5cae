"""Keeping what happens in the lives of customers."""

from datetime import date
from decimal import Decimal

import strawberry

from domain.life_event.model import LifeEventEvidence, LifeEventKind
from domain.life_event.tables import life_event
from resolvers.engine.edges import OutcomeRow
from resolvers.life_event import commands
from schema.building import described
from schema.errors import Conflict, InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(LifeEventEvidence)
described(LifeEventKind)


@strawberry.input(description="What happens in a customer's life.")
class RecordLifeEventInput:
    """What is kept of it."""

    customer_id: strawberry.ID = strawberry.field(description="Whose life it is.")
    kind: LifeEventKind = strawberry.field(description="What happens.")
    happens_on: date = strawberry.field(description="The day, or the day on which it is expected.")
    evidence: LifeEventEvidence = strawberry.field(description="What it is known from.")
    confidence_ratio: Decimal | None = strawberry.field(
        description="How sure it is, from 0 to 1; certain unless said.", default=strawberry.UNSET
    )
    note: str | None = strawberry.field(description="What else is known of it.", default=strawberry.UNSET)
    document_id: strawberry.ID | None = strawberry.field(
        description="A document of this customer that shows it.", default=strawberry.UNSET
    )


@strawberry.input(description="Which life event was taken down by mistake.")
class WithdrawLifeEventInput:
    """One that does not count."""

    id: strawberry.ID = strawberry.field(description="The life event.")
    expected_version: int = strawberry.field(description="The version that the client read.")


SHOWN = (OutcomeRow(life_event, "lifeEvent"), "The life event as it is now; null where there are errors.")

mutation(
    "record_life_event",
    commands.record,
    input=RecordLifeEventInput,
    shows={"lifeEvent": SHOWN},
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Keep what happens in a customer's life. The same thing on the same day is kept once.",
)
mutation(
    "withdraw_life_event",
    commands.withdraw,
    input=WithdrawLifeEventInput,
    shows={"lifeEvent": SHOWN},
    errors=(NotFound, NotPermitted, InvalidInput, Conflict),
    description="Say that a life event was taken down by mistake.",
)
