"""Guarantees as clients see them."""

from datetime import date

from domain.guarantee.model import GuaranteeKind, GuaranteeState
from resolvers.guarantee import edges
from schema.building import described
from schema.money import Money
from schema.node import Node, ToOne, field, node

described(GuaranteeKind)
described(GuaranteeState)


@node(
    edges.rows,
    prefix="gua",
    description="That a customer answers for a debt (担保). Whoever sees the debt or the guarantor sees that there is "
    "one, and of the two ends those that are theirs to see.",
)
class Guarantee(Node):
    """A tie between a debt and somebody who owes nothing."""

    kind: GuaranteeKind = field(description="What the guarantor is liable for.")
    state: GuaranteeState = field(description="How it stands.")
    amount: Money = field(edges.amount_guaranteed, description="Up to which amount.")
    currency: str = field(description="Currency, ISO 4217.")
    starts_on: date = field(description="First day on which it binds.")
    ends_on: date | None = field(description="Last day on which it binds; null: as long as the debt.")
    guarantor: ToOne = field(
        edges.guarantor, description="Who answers (担保人); null where the reader sees only the debt."
    )
    loan: ToOne = field(
        edges.loan, description="The loan; null where it is for an account, or out of the reader's sight."
    )
    account: ToOne = field(
        edges.account, description="The account; null where it is for a loan, or out of the reader's sight."
    )
