"""What all mutations have in common that take rows by the keys of other systems."""

from datetime import date
from typing import Any

import strawberry

from domain.command.delivery import Delivery
from resolvers.engine.edges import OfOutcome
from schema.building import OutputField, described

described(Delivery)

DELIVERY: dict[str, Any] = {
    "delivery": OutputField(
        Delivery | None, "What the delivery came to; null where there are errors.", declaration=OfOutcome("delivery")
    )
}
"""In payloads."""


@strawberry.input(description="A row by the key of another system.")
class DeliveredInput:
    """One source delivers each of its keys for one row."""

    source: str = strawberry.field(description="The system that it comes from.")
    source_key: str = strawberry.field(description="The key under which that system has it, for good.")
    source_as_of: date = strawberry.field(
        description="The business date that it describes (数据日期): what describes an earlier one changes nothing."
    )


@strawberry.input(description="A row of a customer by the key of another system.")
class DeliveredOfCustomerInput(DeliveredInput):
    """The customer by one of the two."""

    customer_id: strawberry.ID | None = strawberry.field(description="The customer.", default=strawberry.UNSET)
    customer_key: str | None = strawberry.field(
        description="The key under which the same source has the customer.", default=strawberry.UNSET
    )
