"""Announcements, whom they are for, and who has read them."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_announcements"
down_revision = "2026_11_26_ended"
branch_labels = None
depends_on = None

CHANGES = "current_setting('ketu.follows_branch', true) IS DISTINCT FROM 'on'"
"""A row that only follows its branch does not change for anybody."""
TABLES = ("announcement", "announcement_audience", "announcement_reader")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "announcement",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("published_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.BigInteger(), nullable=True),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("edited_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.BigInteger(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'WITHDRAWN') = (withdrawn_at IS NOT NULL)", name=op.f("announcement_withdrawal_check")
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("announcement_branch_id_fkey")),
        sa.ForeignKeyConstraint(["published_by_id"], ["ketu.staff.id"], name=op.f("announcement_published_by_id_fkey")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["ketu.staff.id"], name=op.f("announcement_withdrawn_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("announcement_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("announcement_source_source_key_key")),
        sa.CheckConstraint("priority IN ('LOW', 'NORMAL', 'HIGH', 'URGENT')", name=op.f("announcement_priority_check")),
        sa.CheckConstraint("state IN ('PUBLISHED', 'WITHDRAWN')", name=op.f("announcement_state_check")),
        schema="ketu",
    )
    op.create_index(
        op.f("announcement_branch_id_published_at_idx"), "announcement", ["branch_id", "published_at"], schema="ketu"
    )
    op.create_index(
        op.f("announcement_position_published_at_idx"), "announcement", ["position", "published_at"], schema="ketu"
    )
    op.create_index(op.f("announcement_published_at_id_idx"), "announcement", ["published_at", "id"], schema="ketu")
    op.create_index(
        op.f("announcement_published_by_id_published_at_idx"),
        "announcement",
        ["published_by_id", "published_at"],
        schema="ketu",
    )
    op.create_index(op.f("announcement_withdrawn_by_id_idx"), "announcement", ["withdrawn_by_id"], schema="ketu")
    op.create_table(
        "announcement_audience",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("announcement_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=True),
        sa.Column("includes_below", sa.Boolean(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["ketu.announcement.id"], name=op.f("announcement_audience_announcement_id_fkey")
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("announcement_audience_branch_id_fkey")),
        sa.ForeignKeyConstraint(["staff_id"], ["ketu.staff.id"], name=op.f("announcement_audience_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("announcement_audience_pkey")),
        sa.CheckConstraint(
            "post IN ('TELLER', 'SERVICE_AGENT', 'RELATIONSHIP_MANAGER', 'FIELD_MANAGER', 'BRANCH_MANAGER', 'REGIONAL_MANAGER', 'ANALYST', 'DATA_STEWARD', 'ADMINISTRATOR', 'SECURITY_OFFICER', 'AUDITOR')",
            name=op.f("announcement_audience_post_check"),
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("announcement_audience_announcement_id_idx"), "announcement_audience", ["announcement_id"], schema="ketu"
    )
    op.create_index(op.f("announcement_audience_branch_id_idx"), "announcement_audience", ["branch_id"], schema="ketu")
    op.create_index(op.f("announcement_audience_staff_id_idx"), "announcement_audience", ["staff_id"], schema="ketu")
    op.create_table(
        "announcement_reader",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("announcement_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("read_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["ketu.announcement.id"], name=op.f("announcement_reader_announcement_id_fkey")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["ketu.staff.id"], name=op.f("announcement_reader_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("announcement_reader_pkey")),
        sa.UniqueConstraint(
            "announcement_id", "staff_id", name=op.f("announcement_reader_announcement_id_staff_id_key")
        ),
        schema="ketu",
    )
    op.create_index(op.f("announcement_reader_read_at_id_idx"), "announcement_reader", ["read_at", "id"], schema="ketu")
    op.create_index(
        op.f("announcement_reader_staff_id_read_at_idx"), "announcement_reader", ["staff_id", "read_at"], schema="ketu"
    )
    for table in TABLES:
        follows = f" AND {CHANGES}" if table == "announcement" else ""
        op.execute(
            f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW "
            f"WHEN (NEW IS DISTINCT FROM OLD{follows}) EXECUTE FUNCTION ketu.count_version()"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in reversed(TABLES):
        op.drop_table(table, schema="ketu")
