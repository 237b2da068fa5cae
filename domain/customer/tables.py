"""Customers with what identifies and reaches them."""

import sqlalchemy as sa

from domain.customer.model import ContactPointKind, CustomerKind, CustomerState, IdentityDocumentType, Sex
from domain.shared.columns import (
    Money,
    SortKey,
    c1,
    c2,
    choice,
    encrypted,
    from_source,
    metadata,
    node,
    reference,
    searched,
)

customer = sa.Table(
    "customer",
    metadata,
    *node(),
    choice("kind", CustomerKind),
    choice("state", CustomerState),
    c1("customer_no", sa.Text, unique=True),
    c2("name", sa.Text, nullable=True),
    c2("name_sort_key", SortKey, nullable=True),
    c2("name_initials", SortKey, nullable=True),
    choice("sex", Sex, personal=True, nullable=True),
    c2("birth_on", sa.Date, nullable=True),
    c1("registered_on", sa.Date, nullable=True),
    c1("joined_on", sa.Date, nullable=True),
    reference("branch_id", "branch"),
    c1("position", sa.Integer),
    reference("manager_id", "staff", nullable=True),
    reference("backup_manager_id", "staff", nullable=True),
    # In the bank's base currency. Triggers on accounts and their holders add it up: lists are ordered by it.
    c2("aum", Money, nullable=True),
    from_source(),
    sa.Index(None, "position", "id"),
    sa.Index(None, "manager_id", "id"),
    sa.Index(None, "backup_manager_id", "id"),
    sa.Index(None, "branch_id", postgresql_include=["state", "aum"]),
    sa.Index(None, "name_sort_key", "id"),
    sa.Index(None, "name_initials", "id"),
    searched("customer", "name"),
    searched("customer", "name_sort_key"),
    searched("customer", "customer_no"),
    sa.Index("customer_joined_on_id_idx", sa.text("joined_on DESC NULLS LAST"), sa.text("id DESC")),
    sa.Index("customer_aum_id_idx", sa.text("aum DESC NULLS LAST"), sa.text("id DESC")),
    sa.Index("customer_display_name_idx", sa.text("coalesce(name_sort_key, customer_no)"), "id"),
)

# What names hold besides their beginnings, for those who search by it; kept by triggers, whoever writes names.
customer_name_part = sa.Table(
    "customer_name_part",
    metadata,
    c1("customer_id", sa.BigInteger, primary_key=True, autoincrement=False),
    c1("place", sa.Integer, primary_key=True, autoincrement=False),
    c2("part", SortKey),
    sa.Index(None, "part", "customer_id"),
)

identity_document = sa.Table(
    "identity_document",
    metadata,
    *node(),
    reference("customer_id", "customer"),
    choice("type", IdentityDocumentType),
    *encrypted("number", "type"),
    c1("issued_on", sa.Date, nullable=True),
    c1("expires_on", sa.Date, nullable=True),
    c1("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
    from_source(),
    sa.Index(None, "customer_id"),
    sa.Index(None, "number_blind_index"),
    sa.Index(None, "number_last4", "customer_id"),
)

contact_point = sa.Table(
    "contact_point",
    metadata,
    *node(),
    reference("customer_id", "customer"),
    choice("kind", ContactPointKind),
    c1("is_primary", sa.Boolean, server_default=sa.true()),
    *encrypted("value", "kind"),
    c2("district", sa.Text, nullable=True),
    c2("region", sa.Text, nullable=True),
    c2("country", sa.Text, nullable=True),
    c1("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
    from_source(),
    sa.Index(None, "customer_id"),
    sa.Index(None, "value_blind_index"),
    sa.Index(None, "value_last4", "customer_id"),
)
