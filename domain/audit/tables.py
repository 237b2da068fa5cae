"""The access log: who saw or changed what, when and what for. Rows are only ever added."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from domain.audit.model import EventKind
from domain.shared.columns import c1, choice, metadata

AUDIT = "audit"

event = sa.Table(
    "event",
    metadata,
    c1("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    c1("recorded_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("clock_timestamp()")),
    # Which transaction wrote the row: whatever was written before the oldest one still running is complete.
    c1("transaction_id", sa.BigInteger, server_default=sa.text("pg_current_xact_id()::text::bigint")),
    choice("kind", EventKind),
    c1("action", sa.Text),
    c1("user_account_id", sa.BigInteger, nullable=True),
    c1("staff_id", sa.BigInteger, nullable=True),
    c1("request_id", sa.Text, nullable=True),
    c1("purpose", sa.Text, nullable=True),
    c1("concept", sa.Text, nullable=True),
    c1("row_id", sa.BigInteger, nullable=True),
    c1("customer_ids", postgresql.ARRAY(sa.BigInteger), server_default=sa.text("'{}'")),
    # Names of fields, states, counts: never a personal value.
    c1("details", postgresql.JSONB, server_default=sa.text("'{}'")),
    sa.Index(None, "customer_ids", postgresql_using="gin"),
    sa.Index(None, "recorded_at", "id"),
    sa.Index(None, "staff_id", "recorded_at", "id"),
    sa.Index(None, "transaction_id", "id"),
    schema=AUDIT,
)

seal = sa.Table(
    "seal",
    metadata,
    # Of its last entry, counted from 1.
    c1("number", sa.BigInteger, primary_key=True, autoincrement=False),
    c1("transaction_id", sa.BigInteger),
    c1("event_ids", postgresql.ARRAY(sa.BigInteger)),
    # One after the other, 32 bytes each.
    c1("digests", sa.LargeBinary),
    c1("hash", sa.LargeBinary),
    schema=AUDIT,
)

journal = sa.Table(
    "journal",
    metadata,
    c1("id", sa.Text, primary_key=True),
    # Bytes whose entries are in the log.
    c1("carried", sa.BigInteger),
    schema=AUDIT,
)
