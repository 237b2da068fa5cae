"""Events that leave the house after the transaction that they tell of."""

import sqlalchemy as sa

from domain.shared.columns import c1, metadata

outbox_event = sa.Table(
    "outbox_event",
    metadata,
    c1("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
    c1("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()")),
    c1("topic", sa.Text),
    c1("concept", sa.Text),
    c1("row_id", sa.BigInteger),
    c1("sent_at", sa.TIMESTAMP(timezone=True), nullable=True),
    sa.Index(None, "id", postgresql_where=sa.text("sent_at IS NULL")),
)
