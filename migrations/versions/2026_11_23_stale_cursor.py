"""A cursor may hold only the id of a row that has gone: the statement that finds this out refuses by name."""

from alembic import op

revision = "2026_11_23_stale_cursor"
down_revision = "2026_11_23_history"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """SQLSTATE KT001 is what the API shows as an invalid cursor.

    STABLE, so that PostgreSQL asks once before it reads rows, and not row by row after cheaper conditions.
    """
    op.execute(
        """
        CREATE FUNCTION ketu.stale_cursor() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
        BEGIN
            RAISE EXCEPTION 'the row this cursor stands on is gone' USING ERRCODE = 'KT001';
        END $$
        """
    )


def downgrade() -> None:
    """Remove the function."""
    op.execute("DROP FUNCTION ketu.stale_cursor()")
