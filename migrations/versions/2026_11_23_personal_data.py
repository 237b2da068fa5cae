"""What somebody may do only so often is counted; cards are found by number; sealing anew is no change of a row."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_personal_data"
down_revision = "2026_11_23_reorganisation"
branch_labels = None
depends_on = None

KINDS = ("REVEAL", "SEARCH")


def upgrade() -> None:
    """Rows that are sealed with another key say the same as before: their version is that of before too."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "quota_use",
        sa.Column("user_account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("used_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("user_account_id", "business_date", "kind", name=op.f("quota_use_pkey")),
        sa.ForeignKeyConstraint(
            ["user_account_id"], ["ketu.user_account.id"], name=op.f("quota_use_user_account_id_fkey")
        ),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f("quota_use_kind_check")),
        schema="ketu",
    )
    op.create_index(op.f("card_number_blind_index_idx"), "card", ["number_blind_index"], schema="ketu")
    _count_versions("IF current_setting('ketu.resealing', true) = 'on' THEN RETURN NEW; END IF;")


def downgrade() -> None:
    """Forget the counts."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    _count_versions("")
    op.drop_index(op.f("card_number_blind_index_idx"), table_name="card", schema="ketu")
    op.drop_table("quota_use", schema="ketu")


def _count_versions(unless: str) -> None:
    op.execute(
        f"""
        CREATE OR REPLACE FUNCTION ketu.count_version() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            {unless}
            NEW.version := OLD.version + 1;
            NEW.updated_at := now();
            RETURN NEW;
        END $$
        """
    )
