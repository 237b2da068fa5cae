"""Credit dossiers: what a customer may owe the bank, how they are rated, and how that came about."""

import sqlalchemy as sa

from domain.credit_dossier.model import CreditDossierEntryKind, CreditDossierState, CreditRating, LoanClass
from domain.shared.columns import Money, c1, c2, choice, from_source, metadata, node, reference

credit_dossier = sa.Table(
    "credit_dossier",
    metadata,
    *node(),
    reference("customer_id", "customer"),
    c1("dossier_no", sa.Text, unique=True),
    choice("state", CreditDossierState),
    choice("rating", CreditRating, personal=True, nullable=True),
    choice("loan_class", LoanClass, personal=True, nullable=True),
    c2("limit_amount", Money),
    c2("used_amount", Money),
    c1("currency", sa.Text),
    c1("opened_on", sa.Date),
    c1("expires_on", sa.Date, nullable=True),
    c1("reviewed_on", sa.Date, nullable=True),
    c1("review_due_on", sa.Date, nullable=True),
    # Nobody at the moment.
    reference("handled_by_id", "staff", nullable=True),
    from_source(),
    sa.CheckConstraint("limit_amount >= 0 AND used_amount >= 0", name="amounts"),
    sa.CheckConstraint("expires_on >= opened_on", name="term"),
    sa.Index(None, "customer_id", "opened_on"),
    sa.Index(None, "opened_on", "id"),
    sa.Index(None, "handled_by_id"),
    sa.Index(None, "review_due_on", "id"),
)

credit_dossier_entry = sa.Table(
    "credit_dossier_entry",
    metadata,
    *node(),
    reference("credit_dossier_id", "credit_dossier"),
    choice("kind", CreditDossierEntryKind),
    c1("happened_on", sa.Date),
    # Nobody: a committee, or the system.
    reference("staff_id", "staff", nullable=True),
    choice("rating", CreditRating, personal=True, nullable=True),
    c2("limit_amount", Money, nullable=True),
    c1("currency", sa.Text),
    c2("note", sa.Text, nullable=True),
    from_source(),
    sa.Index(None, "credit_dossier_id", "happened_on"),
    sa.Index(None, "staff_id"),
    sa.Index(None, "happened_on", "id"),
)
