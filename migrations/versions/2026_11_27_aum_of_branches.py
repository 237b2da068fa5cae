"""What the customers of a branch have is added up from the index that finds them, as they are counted by their state."""

from alembic import op

revision = "2026_11_27_aum_of_branches"
down_revision = "2026_11_27_aum"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _include("state, aum")


def downgrade() -> None:
    _include("state")


def _include(columns: str) -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP INDEX ketu.customer_branch_id_idx")
    op.execute(f"CREATE INDEX customer_branch_id_idx ON ketu.customer (branch_id) INCLUDE ({columns})")
