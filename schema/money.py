"""Money on the wire."""

from decimal import Decimal

import strawberry


@strawberry.type(description="An amount in one currency.")
class Money:
    """Two columns that are shown together."""

    amount: Decimal = strawberry.field(description="Amount in units of the currency, two decimal places.")
    currency: str = strawberry.field(description="Currency, ISO 4217.")
