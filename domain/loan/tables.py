"""Loans, each repaid through an account."""

import sqlalchemy as sa

from domain.loan.model import LoanState
from domain.shared.columns import Money, c1, c2, choice, from_source, metadata, node, reference

loan = sa.Table(
    "loan",
    metadata,
    *node(),
    reference("account_id", "account"),
    reference("product_id", "product"),
    reference("branch_id", "branch"),
    choice("state", LoanState),
    c1("granted_on", sa.Date),
    c1("term_months", sa.Integer),
    c2("amount", Money),
    c2("instalment", Money),
    c1("currency", sa.Text),
    from_source(),
    sa.Index(None, "account_id"),
    sa.Index(None, "branch_id"),
    sa.Index(None, "granted_on", "id"),
)
