"""Securities among the products."""

from alembic import op

revision = "2026_11_26_securities"
down_revision = "2026_11_26_working_calendar"
branch_labels = None
depends_on = None

BEFORE = "'DEPOSIT', 'WEALTH', 'FUND', 'INSURANCE', 'LOAN', 'CARD'"
NOW = "'DEPOSIT', 'WEALTH', 'FUND', 'INSURANCE', 'SECURITIES', 'LOAN', 'CARD'"


def upgrade() -> None:
    _allow(NOW)


def downgrade() -> None:
    """Securities become what is nearest: funds."""
    op.execute("UPDATE ketu.product SET category = 'FUND' WHERE category = 'SECURITIES'")
    _allow(BEFORE)


def _allow(categories: str) -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("ALTER TABLE ketu.product DROP CONSTRAINT product_category_check")
    op.execute(f"ALTER TABLE ketu.product ADD CONSTRAINT product_category_check CHECK (category IN ({categories}))")
