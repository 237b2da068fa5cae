"""Cards: each belongs to one customer and draws on one account that they hold."""

import sqlalchemy as sa

from domain.card.model import CardGrade, CardState
from domain.shared.columns import SCHEMA, c1, choice, encrypted, from_source, metadata, node, reference
from domain.shared.identifier import IdentifierKind

card = sa.Table(
    "card",
    metadata,
    *node(),
    *encrypted("number", IdentifierKind.CARD_NUMBER),
    reference("customer_id", "customer"),
    reference("account_id", "account"),
    reference("product_id", "product"),
    reference("branch_id", "branch"),
    choice("grade", CardGrade),
    choice("state", CardState),
    c1("issued_on", sa.Date),
    from_source(),
    sa.ForeignKeyConstraint(
        ["account_id", "customer_id"],
        [f"{SCHEMA}.account_holder.account_id", f"{SCHEMA}.account_holder.customer_id"],
        name="card_holder_fkey",
    ),
    sa.Index(None, "customer_id"),
    sa.Index(None, "account_id"),
    sa.Index(None, "branch_id"),
    sa.Index(None, "issued_on", "id"),
    sa.Index(None, "number_blind_index"),
    sa.Index(None, "number_last4", "customer_id"),
)
