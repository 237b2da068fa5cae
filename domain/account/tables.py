"""Accounts, their holders and their closing balances."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from domain.account.model import AccountState, HolderRole, StatementFrequency
from domain.shared.columns import Money, c1, c2, choice, encrypted, from_source, metadata, node, reference
from domain.shared.identifier import IdentifierKind

account = sa.Table(
    "account",
    metadata,
    *node(),
    *encrypted("number", IdentifierKind.ACCOUNT_NUMBER),
    reference("product_id", "product"),
    reference("branch_id", "branch"),
    choice("state", AccountState),
    choice("statement_frequency", StatementFrequency, nullable=True),
    c1("currency", sa.Text),
    c2("balance", Money, nullable=True),
    c1("balance_on", sa.Date, nullable=True),
    c1("opened_on", sa.Date),
    c1("closed_on", sa.Date, nullable=True),
    # A trigger on account_holder writes them: every answer with an account in it names its holders to the access log.
    c1("holder_ids", postgresql.ARRAY(sa.BigInteger), server_default=sa.text("'{}'")),
    from_source(),
    sa.Index(None, "branch_id", postgresql_include=["state", "currency", "balance"]),
    sa.Index(None, "product_id"),
    sa.Index(None, "opened_on", "id"),
    sa.Index("account_balance_id_idx", sa.text("balance DESC NULLS LAST"), sa.text("id DESC")),
    sa.Index(None, "number_blind_index"),
    sa.Index(None, "number_last4", "id"),
)

account_holder = sa.Table(
    "account_holder",
    metadata,
    *node(),
    reference("account_id", "account"),
    reference("customer_id", "customer"),
    choice("role", HolderRole),
    from_source(),
    sa.UniqueConstraint("account_id", "customer_id"),
    sa.Index(None, "customer_id", "account_id"),
)

balance = sa.Table(
    "balance",
    metadata,
    *node(sourced=False),
    reference("account_id", "account"),
    c1("closed_on", sa.Date),
    c2("amount", Money),
    c1("currency", sa.Text),
    sa.UniqueConstraint("account_id", "closed_on"),
)
