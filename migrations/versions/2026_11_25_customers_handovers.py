"""Hand-overs found from their customers."""

from alembic import op

revision = "2026_11_25_customers_handovers"
down_revision = "2026_11_25_journals"
branch_labels = None
depends_on = None

COLUMNS = ("customer_ids", "backup_customer_ids")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for column in COLUMNS:
        op.create_index(op.f(f"handover_{column}_idx"), "handover", [column], schema="ketu", postgresql_using="gin")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for column in COLUMNS:
        op.drop_index(op.f(f"handover_{column}_idx"), "handover", schema="ketu")
