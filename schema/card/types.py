"""Cards as clients see them."""

from datetime import date

from domain.card.model import CardGrade, CardState
from resolvers.card import edges
from schema.building import described
from schema.node import Node, ToOne, field, node

described(CardGrade)
described(CardState)


@node(edges.rows, prefix="car", description="A bank card (银行卡) in the name of one customer.")
class Card(Node):
    """A card that draws on an account."""

    number_masked: str | None = field(edges.number_masked, description="Card number, masked.")
    number_last4: str | None = field(edges.number_last4, description="Last four digits of the card number.")
    grade: CardGrade = field(description="Rank of the card.")
    state: CardState = field(description="Whether it can be used.")
    issued_on: date = field(description="Day of issue.")
    product: ToOne = field(edges.product, description="What the contract is about.")
    branch: ToOne = field(edges.branch, description="Branch that issued it.")
    customer: ToOne = field(edges.customer, description="Whose name is on it.")
    account: ToOne = field(edges.account, description="Account it draws on.")
