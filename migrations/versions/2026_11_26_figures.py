"""Figures of a branch are read from the index that finds its rows, not from the rows, which lie all over the table."""

from alembic import op

revision = "2026_11_26_figures"
down_revision = "2026_11_26_holder_ids"
branch_labels = None
depends_on = None

INCLUDED = {"customer": "state", "account": "state, currency, balance"}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table, columns in INCLUDED.items():
        op.execute(f"DROP INDEX ketu.{table}_branch_id_idx")
        op.execute(f"CREATE INDEX {table}_branch_id_idx ON ketu.{table} (branch_id) INCLUDE ({columns})")


def downgrade() -> None:
    for table in INCLUDED:
        op.execute(f"DROP INDEX ketu.{table}_branch_id_idx")
        op.execute(f"CREATE INDEX {table}_branch_id_idx ON ketu.{table} (branch_id)")
