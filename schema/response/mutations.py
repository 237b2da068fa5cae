"""Keeping what customers answer to a campaign."""

from datetime import datetime
from decimal import Decimal

import strawberry

from domain.response.model import ResponseKind
from domain.response.tables import response
from resolvers.engine.edges import OutcomeRow
from resolvers.response import commands
from schema.building import described
from schema.errors import InvalidInput, NotFound, NotPermitted
from schema.mutation import mutation

described(ResponseKind)
UNSET = strawberry.UNSET


@strawberry.input(description="What a customer answered.")
class RecordResponseInput:
    """Who, to what, and how."""

    campaign_id: strawberry.ID = strawberry.field(description="The campaign.")
    customer_id: strawberry.ID = strawberry.field(description="Who answered, of the campaign's audience.")
    kind: ResponseKind = strawberry.field(description="What came back.")
    responded_at: datetime | None = strawberry.field(description="When; now unless said.", default=UNSET)
    touch_id: strawberry.ID | None = strawberry.field(description="What they answered.", default=UNSET)
    event_id: strawberry.ID | None = strawberry.field(
        description="The campaign's event that it is about; REGISTERED, ATTENDED and ABSENT need one.", default=UNSET
    )
    product_id: strawberry.ID | None = strawberry.field(description="What they took; of CONVERTED.", default=UNSET)
    amount: Decimal | None = strawberry.field(description="For how much; of CONVERTED.", default=UNSET)
    currency: str | None = strawberry.field(
        description="Currency of the amount, ISO 4217; the bank's own unless said.", default=UNSET
    )
    satisfaction: int | None = strawberry.field(description="How they liked it, 1 (not at all) to 5.", default=UNSET)
    note: str | None = strawberry.field(description="What they said.", default=UNSET)


mutation(
    "record_response",
    commands.record,
    input=RecordResponseInput,
    shows={"response": (OutcomeRow(response, "response"), "What is kept; null where there are errors.")},
    errors=(NotFound, NotPermitted, InvalidInput),
    description="Keep what a customer of a campaign's audience answered, whether they were reached or left alone.",
)
