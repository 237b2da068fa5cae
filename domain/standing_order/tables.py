"""Standing orders: payments an account makes again and again."""

import sqlalchemy as sa

from domain.shared.columns import Money, c1, c2, choice, encrypted, from_source, metadata, node, reference
from domain.shared.identifier import IdentifierKind
from domain.transaction.model import PaymentPurpose

standing_order = sa.Table(
    "standing_order",
    metadata,
    *node(),
    reference("account_id", "account"),
    choice("purpose", PaymentPurpose, nullable=True),
    c2("amount", Money),
    c1("currency", sa.Text),
    c1("counterparty_bank", sa.Text, nullable=True),
    *encrypted("counterparty_account", IdentifierKind.ACCOUNT_NUMBER),
    from_source(),
    sa.Index(None, "account_id"),
)
