"""Events say whom they concern and which transaction wrote them, and are forgotten after a while."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_26_live"
down_revision = "2026_11_26_announcements"
branch_labels = None
depends_on = None

AUDIENCES = ("customer_ids", "staff_ids", "branch_ids")


def upgrade() -> None:
    """Expand. Events of before concern nobody, and count as forgotten: nobody could have asked for them."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(
        "outbox_event",
        sa.Column(
            "transaction_id",
            sa.BigInteger(),
            server_default=sa.text("pg_current_xact_id()::text::bigint"),
            nullable=False,
        ),
        schema="ketu",
    )
    for name in AUDIENCES:
        op.add_column(
            "outbox_event",
            sa.Column(name, postgresql.ARRAY(sa.BigInteger()), server_default=sa.text("'{}'"), nullable=False),
            schema="ketu",
        )
    op.create_index(op.f("outbox_event_transaction_id_id_idx"), "outbox_event", ["transaction_id", "id"], schema="ketu")
    op.create_index(op.f("outbox_event_created_at_idx"), "outbox_event", ["created_at"], schema="ketu")
    op.create_table(
        "outbox_horizon",
        sa.Column("id", sa.SmallInteger(), nullable=False),
        sa.Column("transaction_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("outbox_horizon_single_row_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("outbox_horizon_pkey")),
        schema="ketu",
    )
    op.execute("INSERT INTO ketu.outbox_horizon VALUES (1, pg_current_xact_id()::text::bigint)")


def downgrade() -> None:
    """Forget whom events concern."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("outbox_horizon", schema="ketu")
    op.drop_index(op.f("outbox_event_created_at_idx"), table_name="outbox_event", schema="ketu")
    op.drop_index(op.f("outbox_event_transaction_id_id_idx"), table_name="outbox_event", schema="ketu")
    for name in (*AUDIENCES, "transaction_id"):
        op.drop_column("outbox_event", name, schema="ketu")
