"""The access log, the ledger of commands and the outbox: what every change writes beside itself."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_23_ledgers"
down_revision = "2026_11_23_stale_cursor"
branch_labels = None
depends_on = None

KINDS = ("ACCESS", "CHANGE", "DENIAL", "SIGN_IN", "REVEAL", "POLICY")


def upgrade() -> None:
    """A trigger keeps the log from being changed by accident; against intent stands its seal."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("CREATE SCHEMA audit")
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column(
            "recorded_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column(
            "transaction_id",
            sa.BigInteger(),
            server_default=sa.text("pg_current_xact_id()::text::bigint"),
            nullable=False,
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("user_account_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("concept", sa.Text(), nullable=True),
        sa.Column("row_id", sa.BigInteger(), nullable=True),
        sa.Column("customer_ids", postgresql.ARRAY(sa.BigInteger()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("details", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("event_pkey")),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f("event_kind_check")),
        schema="audit",
    )
    op.create_index(op.f("event_customer_ids_idx"), "event", ["customer_ids"], schema="audit", postgresql_using="gin")
    op.create_index(op.f("event_user_account_id_id_idx"), "event", ["user_account_id", "id"], schema="audit")
    op.create_index(op.f("event_kind_id_idx"), "event", ["kind", "id"], schema="audit")
    op.execute(
        """
        CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'the access log is only ever added to' USING ERRCODE = 'KT002';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.event "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()"
    )
    op.create_table(
        "command",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("user_account_id", sa.BigInteger(), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("input_hash", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", postgresql.JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("command_pkey")),
        sa.ForeignKeyConstraint(
            ["user_account_id"], ["ketu.user_account.id"], name=op.f("command_user_account_id_fkey")
        ),
        sa.UniqueConstraint(
            "user_account_id", "idempotency_key", name=op.f("command_user_account_id_idempotency_key_key")
        ),
        schema="ketu",
    )
    op.create_index(op.f("command_created_at_idx"), "command", ["created_at"], schema="ketu")
    op.create_table(
        "outbox_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("concept", sa.Text(), nullable=False),
        sa.Column("row_id", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("outbox_event_pkey")),
        schema="ketu",
    )
    op.create_index(
        op.f("outbox_event_id_idx"),
        "outbox_event",
        ["id"],
        schema="ketu",
        postgresql_where=sa.text("sent_at IS NULL"),
    )


def downgrade() -> None:
    """Remove the ledgers with what they hold."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("outbox_event", schema="ketu")
    op.drop_table("command", schema="ketu")
    op.drop_table("event", schema="audit")
    op.execute("DROP FUNCTION audit.refuse_change()")
    op.execute("DROP SCHEMA audit")
