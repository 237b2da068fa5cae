"""Deliveries from source systems and the rows that were refused, each with its reason."""

import sqlalchemy as sa

from domain.shared.columns import c1, choice, metadata, sealed
from domain.shared.identifier import IdentifierKind
from domain.source_batch.model import SourceBatchState

STAGING = "staging"

source_batch = sa.Table(
    "source_batch",
    metadata,
    c1("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
    c1("source", sa.Text),
    c1("content_hash", sa.Text),
    c1("as_of_date", sa.Date),
    c1("loaded_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()")),
    c1("is_current", sa.Boolean, server_default=sa.true()),
    choice("state", SourceBatchState, server_default=SourceBatchState.COMMITTED.name),
    sa.UniqueConstraint("source", "content_hash"),
    sa.Index(None, "loaded_at", "id"),
    sa.Index(None, "source", "loaded_at"),
    schema=STAGING,
)

rejected_row = sa.Table(
    "rejected_row",
    metadata,
    c1("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
    c1("source_batch_id", sa.BigInteger, sa.ForeignKey(f"{STAGING}.source_batch.id")),
    c1("file", sa.Text),
    c1("line_number", sa.Integer),
    c1("reason", sa.Text),
    sealed("content_cipher", IdentifierKind.SOURCE_ROW),
    sa.Index(None, "source_batch_id", "file", "line_number"),
    schema=STAGING,
)

file_count = sa.Table(
    "file_count",
    metadata,
    c1("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
    c1("source_batch_id", sa.BigInteger, sa.ForeignKey(f"{STAGING}.source_batch.id")),
    c1("file", sa.Text),
    c1("read_count", sa.Integer),
    c1("stored_count", sa.Integer),
    c1("rejected_count", sa.Integer),
    # What the source itself says there is: rows, and the sum of what it sums up.
    c1("control_count", sa.Integer, nullable=True),
    c1("control_total", sa.Numeric(24, 2), nullable=True),
    sa.CheckConstraint("read_count = stored_count + rejected_count", name="reconciled"),
    sa.UniqueConstraint("source_batch_id", "file"),
    schema=STAGING,
)
