"""Collateral: things that secure loans, and whose they are."""

import sqlalchemy as sa

from domain.collateral.model import CollateralKind, CollateralState
from domain.shared.columns import Money, c1, c2, choice, encrypted, from_source, metadata, node, reference
from domain.shared.identifier import IdentifierKind

collateral = sa.Table(
    "collateral",
    metadata,
    *node(),
    reference("loan_id", "loan"),
    # Nobody: its owner is no customer of the bank.
    reference("owner_id", "customer", nullable=True),
    # The account whose money it is, for deposits.
    reference("account_id", "account", nullable=True),
    choice("kind", CollateralKind),
    choice("state", CollateralState),
    c2("description", sa.Text),
    *encrypted("address", IdentifierKind.ADDRESS),
    c2("district", sa.Text, nullable=True),
    c2("region", sa.Text, nullable=True),
    c2("valuation", Money),
    c1("currency", sa.Text),
    c1("valued_on", sa.Date),
    # Nobody outside the bank.
    c1("valued_by", sa.Text, nullable=True),
    c1("pledged_on", sa.Date),
    c1("released_on", sa.Date, nullable=True),
    from_source(),
    sa.CheckConstraint("account_id IS NULL OR kind = 'DEPOSIT'", name="account"),
    sa.CheckConstraint("valuation >= 0", name="valuation"),
    sa.CheckConstraint("released_on >= pledged_on", name="term"),
    sa.Index(None, "loan_id"),
    sa.Index(None, "owner_id", "pledged_on"),
    sa.Index(None, "account_id"),
    sa.Index(None, "pledged_on", "id"),
)
