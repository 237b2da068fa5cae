"""Contact points and identity documents that are not used any more keep the time they ended."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_ended"
down_revision = "2026_11_25_tags_consents"
branch_labels = None
depends_on = None

TABLES = ("contact_point", "identity_document")


def upgrade() -> None:
    """Expand: null for all that are there."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in TABLES:
        op.add_column(table, sa.Column("ended_at", sa.TIMESTAMP(timezone=True), nullable=True), schema="ketu")


def downgrade() -> None:
    """What had ended would look used again, so it goes."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in TABLES:
        op.execute(f"DELETE FROM ketu.{table} WHERE ended_at IS NOT NULL")  # noqa: S608 (names of our own)
        op.drop_column(table, "ended_at", schema="ketu")
