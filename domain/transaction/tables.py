"""Booked movements on accounts."""

import sqlalchemy as sa

from domain.shared.columns import Money, c1, c2, choice, encrypted, from_source, metadata, node, reference
from domain.shared.identifier import IdentifierKind
from domain.transaction.model import PaymentPurpose, TransactionDirection, TransactionOperation

transaction = sa.Table(
    "transaction",
    metadata,
    *node(),
    reference("account_id", "account"),
    c1("booked_on", sa.Date),
    choice("direction", TransactionDirection),
    choice("operation", TransactionOperation, nullable=True),
    choice("purpose", PaymentPurpose, nullable=True),
    c2("amount", Money),
    c2("balance_after", Money, nullable=True),
    c1("currency", sa.Text),
    c1("counterparty_bank", sa.Text, nullable=True),
    *encrypted("counterparty_account", IdentifierKind.ACCOUNT_NUMBER),
    from_source(),
    sa.Index(None, "account_id", "booked_on", "id"),
    sa.Index(None, "booked_on", "id"),
)
