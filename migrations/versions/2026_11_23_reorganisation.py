"""Branches that move leave positions behind, until rows have followed them."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_reorganisation"
down_revision = "2026_11_23_policies"
branch_labels = None
depends_on = None

CHANGES = "current_setting('ketu.follows_branch', true) IS DISTINCT FROM 'on'"
"""A row that only follows its branch does not change for anybody."""


def upgrade() -> None:
    """Rows that follow keep their version, and their history gets no new state."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "former_position",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("former_position_pkey")),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("former_position_branch_id_fkey")),
        schema="ketu",
    )
    op.create_index(op.f("former_position_branch_id_idx"), "former_position", ["branch_id"], schema="ketu")
    op.execute(
        "CREATE TRIGGER count_access AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ketu.former_position "
        "FOR EACH STATEMENT EXECUTE FUNCTION ketu.count_access()"
    )
    _triggers(f"WHEN ({CHANGES})", f"WHEN (NEW IS DISTINCT FROM OLD AND {CHANGES})")


def downgrade() -> None:
    """Needs rows that have all followed."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    _triggers("", "WHEN (NEW IS DISTINCT FROM OLD)")
    op.drop_table("former_position", schema="ketu")


def _triggers(when: str, when_row: str) -> None:
    for table in ("customer", "staff"):
        op.execute(f"DROP TRIGGER count_version ON ketu.{table}")
        op.execute(
            f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW {when_row} "
            "EXECUTE FUNCTION ketu.count_version()"
        )
    op.execute("DROP TRIGGER keep_update ON ketu.customer")
    op.execute(
        "CREATE TRIGGER keep_update AFTER UPDATE ON ketu.customer REFERENCING NEW TABLE AS changed "
        f"FOR EACH STATEMENT {when} EXECUTE FUNCTION ketu.keep_history()"
    )
    op.execute("DROP TRIGGER count_access ON ketu.staff")
    op.execute(
        "CREATE TRIGGER count_access AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ketu.staff "
        f"FOR EACH STATEMENT {when} EXECUTE FUNCTION ketu.count_access()"
    )
