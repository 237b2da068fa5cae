"""Transactions as clients see them."""

from datetime import date

from domain.transaction.model import PaymentPurpose, TransactionDirection, TransactionOperation
from resolvers.transaction import edges
from schema.building import described
from schema.money import Money
from schema.node import Node, ToOne, field, node

for _words in (PaymentPurpose, TransactionDirection, TransactionOperation):
    described(_words)


@node(edges.rows, prefix="txn", description="A booked movement on an account (交易).")
class Transaction(Node):
    """Money that came or went."""

    booked_on: date = field(description="Day of booking.")
    direction: TransactionDirection = field(description="Whether money came or went.")
    operation: TransactionOperation | None = field(description="How it moved; null for bookings of the bank's own.")
    purpose: PaymentPurpose | None = field(description="What it was for, where known.")
    amount: Money | None = field(edges.amount_moved, description="Amount moved, never negative.")
    balance_after: Money | None = field(edges.balance_after, description="Balance of the account after it.")
    counterparty_bank: str | None = field(description="Code of the other side's bank.")
    counterparty_account_masked: str | None = field(
        edges.counterparty_account_masked, description="The other side's account number, masked."
    )
    account: ToOne = field(edges.account, description="The account.")
