"""How far the journals of the access log have been carried into it."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_journals"
down_revision = "2026_11_23_access_windows"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "journal",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("carried", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("journal_pkey")),
        schema="audit",
    )


def downgrade() -> None:
    op.drop_table("journal", schema="audit")
