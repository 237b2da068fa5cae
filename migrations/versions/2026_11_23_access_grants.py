"""Customers whom somebody may see for a while although they are not theirs."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_access_grants"
down_revision = "2026_11_23_ledgers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "access_grant",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("granted_by_id", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("access_grant_pkey")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("access_grant_customer_id_fkey")),
        sa.ForeignKeyConstraint(["staff_id"], ["ketu.staff.id"], name=op.f("access_grant_staff_id_fkey")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["ketu.staff.id"], name=op.f("access_grant_granted_by_id_fkey")),
        sa.CheckConstraint("reason IN ('COVER', 'SPECIALIST', 'HANDOVER')", name=op.f("access_grant_reason_check")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("access_grant_term_check")),
        schema="ketu",
    )
    op.create_index(op.f("access_grant_staff_id_ends_on_idx"), "access_grant", ["staff_id", "ends_on"], schema="ketu")
    op.create_index(op.f("access_grant_customer_id_idx"), "access_grant", ["customer_id"], schema="ketu")
    op.create_index(op.f("access_grant_granted_by_id_idx"), "access_grant", ["granted_by_id"], schema="ketu")
    op.execute(
        "CREATE TRIGGER count_version BEFORE UPDATE ON ketu.access_grant FOR EACH ROW "
        "WHEN (NEW IS DISTINCT FROM OLD) EXECUTE FUNCTION ketu.count_version()"
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("access_grant", schema="ketu")
