"""Commands that were carried out under a key of the client's own, so that a repetition finds its outcome."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from domain.shared.columns import c1, metadata, reference

command = sa.Table(
    "command",
    metadata,
    c1("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
    c1("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()")),
    reference("user_account_id", "user_account"),
    c1("idempotency_key", sa.Text),
    c1("name", sa.Text),
    c1("input_hash", sa.LargeBinary),
    # Ids of rows and plain words: what the payload is answered from again. Null while the command runs.
    c1("outcome", postgresql.JSONB, nullable=True),
    sa.UniqueConstraint("user_account_id", "idempotency_key"),
    sa.Index(None, "created_at"),
)
