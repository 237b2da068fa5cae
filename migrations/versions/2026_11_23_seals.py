"""Seals of the access log."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_23_seals"
down_revision = "2026_11_23_sign_in"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index(op.f("event_kind_id_idx"), "event", schema="audit")
    op.drop_index(op.f("event_user_account_id_id_idx"), "event", schema="audit")
    for column in ("recorded_at", "staff_id", "transaction_id"):
        op.create_index(op.f(f"event_{column}_id_idx"), "event", [column, "id"], schema="audit")
    op.create_table(
        "seal",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("transaction_id", sa.BigInteger(), nullable=False),
        sa.Column("event_ids", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("digests", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("seal_pkey")),
        schema="audit",
    )
    op.execute(
        "CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.seal "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()"
    )


def downgrade() -> None:
    """The log stays, unsealed."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("seal", schema="audit")
    for column in ("recorded_at", "staff_id", "transaction_id"):
        op.drop_index(op.f(f"event_{column}_id_idx"), "event", schema="audit")
    op.create_index(op.f("event_user_account_id_id_idx"), "event", ["user_account_id", "id"], schema="audit")
    op.create_index(op.f("event_kind_id_idx"), "event", ["kind", "id"], schema="audit")
