"""Standing orders as clients see them."""

from domain.transaction.model import PaymentPurpose
from resolvers.standing_order import edges
from schema.building import described
from schema.money import Money
from schema.node import Node, ToOne, field, node

described(PaymentPurpose)


@node(edges.rows, prefix="sto", description="A payment that an account makes again and again.")
class StandingOrder(Node):
    """An order to pay."""

    purpose: PaymentPurpose | None = field(description="What it is for, where known.")
    currency: str = field(description="Currency, ISO 4217.")
    amount: Money = field(edges.amount_paid, description="Amount per execution.")
    counterparty_bank: str | None = field(description="Code of the payee's bank.")
    counterparty_account_masked: str | None = field(
        edges.counterparty_account_masked, description="The payee's account number, masked."
    )
    account: ToOne = field(edges.account, description="The account that pays.")
