"""Quotations as clients see them."""

from datetime import date, datetime
from decimal import Decimal

from domain.quotation.model import QuotationState
from resolvers.quotation import edges
from schema.building import described
from schema.money import Money
from schema.node import Node, ToOne, field, node

described(QuotationState)


@node(
    edges.rows,
    prefix="quo",
    description="Terms that a customer asked for (询价) and the bank offers (报价) within an opportunity, for a "
    "product whose terms are open to talk. Seen where the opportunity is.",
)
class Quotation(Node):
    """An offer."""

    state: QuotationState = field(description="How far it has come.")
    amount: Money = field(edges.amount_quoted, description="How much it is about.")
    currency: str = field(description="Currency of that, ISO 4217.")
    annual_rate_ratio: Decimal | None = field(
        description="A year's interest or fee, as a share of the amount: 0.0235 is 2.35 %. Null until it is offered."
    )
    term_months: int | None = field(description="For how long, in months; null where it has no end.")
    terms: str | None = field(description="What else is agreed.")
    requested_at: datetime = field(description="When the customer asked, UTC.")
    offered_at: datetime | None = field(description="When they got the terms, UTC.")
    valid_until_on: date | None = field(description="Last day on which they may agree.")
    answered_at: datetime | None = field(description="When they agreed or did not, UTC.")
    opportunity: ToOne = field(edges.opportunity, description="The opportunity.")
    product: ToOne = field(edges.product, description="What the terms are for.")
    quoted_by: ToOne = field(edges.quoted_by, description="Who worked them out.")
    approved_by: ToOne = field(edges.approved_by, description="Who approved them; null where they need no approval.")
