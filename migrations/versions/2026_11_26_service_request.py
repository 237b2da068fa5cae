"""Account service requests."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_service_request"
down_revision = "2026_11_26_visits_care"
branch_labels = None
depends_on = None

TABLES = ("service_request",)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "service_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("requested_by_id", sa.BigInteger(), nullable=True),
        sa.Column("requested_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("sent_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("settled_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("core_reference", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('SUBMITTED', 'SENT')) = (settled_at IS NULL)", name=op.f("service_request_settling_check")
        ),
        sa.CheckConstraint("(amount IS NULL) = (currency IS NULL)", name=op.f("service_request_money_check")),
        sa.ForeignKeyConstraint(["account_id"], ["ketu.account.id"], name=op.f("service_request_account_id_fkey")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("service_request_customer_id_fkey")),
        sa.ForeignKeyConstraint(["product_id"], ["ketu.product.id"], name=op.f("service_request_product_id_fkey")),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["ketu.staff.id"], name=op.f("service_request_requested_by_id_fkey")
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["ketu.ticket.id"], name=op.f("service_request_ticket_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("service_request_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("service_request_source_source_key_key")),
        sa.CheckConstraint(
            "kind IN ('OPEN_ACCOUNT', 'CLOSE_ACCOUNT', 'FREEZE_ACCOUNT', 'UNFREEZE_ACCOUNT', 'APPLY_FOR_LOAN')",
            name=op.f("service_request_kind_check"),
        ),
        sa.CheckConstraint(
            "state IN ('SUBMITTED', 'SENT', 'DONE', 'REFUSED', 'WITHDRAWN')", name=op.f("service_request_state_check")
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("service_request_account_id_requested_at_idx"),
        "service_request",
        ["account_id", "requested_at"],
        schema="ketu",
    )
    op.create_index(
        op.f("service_request_customer_id_requested_at_idx"),
        "service_request",
        ["customer_id", "requested_at"],
        schema="ketu",
    )
    op.create_index(
        op.f("service_request_product_id_requested_at_idx"),
        "service_request",
        ["product_id", "requested_at"],
        schema="ketu",
    )
    op.create_index(
        op.f("service_request_requested_at_id_idx"), "service_request", ["requested_at", "id"], schema="ketu"
    )
    op.create_index(
        op.f("service_request_requested_by_id_requested_at_idx"),
        "service_request",
        ["requested_by_id", "requested_at"],
        schema="ketu",
    )
    op.create_index(op.f("service_request_ticket_id_idx"), "service_request", ["ticket_id"], schema="ketu")
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW "
            "WHEN (NEW IS DISTINCT FROM OLD) EXECUTE FUNCTION ketu.count_version()"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in reversed(TABLES):
        op.drop_table(table, schema="ketu")
