"""Events that leave the house after the transaction that they tell of."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from domain.shared.columns import c1, metadata

Ids = postgresql.ARRAY(sa.BigInteger)
NONE = sa.text("'{}'")

outbox_event = sa.Table(
    "outbox_event",
    metadata,
    c1("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
    c1("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()")),
    c1("topic", sa.Text),
    c1("concept", sa.Text),
    c1("row_id", sa.BigInteger),
    c1("sent_at", sa.TIMESTAMP(timezone=True), nullable=True),
    # Which transaction wrote it: whatever was written before the oldest one still running is complete.
    c1("transaction_id", sa.BigInteger, server_default=sa.text("pg_current_xact_id()::text::bigint")),
    # Whom it concerns: customers it is about, staff whose work it is or was, branches in which it waits or waited.
    c1("customer_ids", Ids, server_default=NONE),
    c1("staff_ids", Ids, server_default=NONE),
    c1("branch_ids", Ids, server_default=NONE),
    sa.Index(None, "id", postgresql_where=sa.text("sent_at IS NULL")),
    sa.Index(None, "transaction_id", "id"),
    sa.Index(None, "created_at"),
)

# Events of transactions up to this one may be gone.
outbox_horizon = sa.Table(
    "outbox_horizon",
    metadata,
    c1("id", sa.SmallInteger, sa.CheckConstraint("id = 1", name="single_row"), primary_key=True),
    c1("transaction_id", sa.BigInteger),
)
