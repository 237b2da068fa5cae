"""The newest customers and the largest balances come first without sorting all of them; so do customers by what they are
called.
"""

from alembic import op

revision = "2026_11_26_descending"
down_revision = "2026_11_26_search_key"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP INDEX ketu.customer_joined_on_id_idx")
    op.execute("CREATE INDEX customer_joined_on_id_idx ON ketu.customer (joined_on DESC NULLS LAST, id DESC)")
    op.execute("DROP INDEX ketu.account_balance_id_idx")
    op.execute("CREATE INDEX account_balance_id_idx ON ketu.account (balance DESC NULLS LAST, id DESC)")
    op.execute("CREATE INDEX customer_display_name_idx ON ketu.customer (coalesce(name_sort_key, customer_no), id)")


def downgrade() -> None:
    op.execute("DROP INDEX ketu.customer_display_name_idx")
    op.execute("DROP INDEX ketu.account_balance_id_idx")
    op.execute("CREATE INDEX account_balance_id_idx ON ketu.account (balance, id)")
    op.execute("DROP INDEX ketu.customer_joined_on_id_idx")
    op.execute("CREATE INDEX customer_joined_on_id_idx ON ketu.customer (joined_on, id)")
