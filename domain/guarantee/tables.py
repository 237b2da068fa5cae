"""Guarantees: customers who answer for the debts of others."""

import sqlalchemy as sa

from domain.guarantee.model import GuaranteeKind, GuaranteeState
from domain.shared.columns import Money, c1, c2, choice, from_source, metadata, node, reference

guarantee = sa.Table(
    "guarantee",
    metadata,
    *node(),
    reference("guarantor_id", "customer"),
    # What it is for: a loan, or what is owed on an account.
    reference("loan_id", "loan", nullable=True),
    reference("account_id", "account", nullable=True),
    choice("kind", GuaranteeKind),
    choice("state", GuaranteeState),
    c2("amount", Money),
    c1("currency", sa.Text),
    c1("starts_on", sa.Date),
    c1("ends_on", sa.Date, nullable=True),
    from_source(),
    sa.CheckConstraint("num_nonnulls(loan_id, account_id) = 1", name="one_debt"),
    sa.CheckConstraint("amount > 0", name="amount"),
    sa.CheckConstraint("ends_on >= starts_on", name="term"),
    sa.Index(None, "guarantor_id", "starts_on"),
    sa.Index(None, "loan_id"),
    sa.Index(None, "account_id"),
    sa.Index(None, "starts_on", "id"),
)
