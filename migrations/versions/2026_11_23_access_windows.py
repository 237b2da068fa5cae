"""What fell into the windows of the rules on suspicious use, so that no entry of the log is read twice."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_access_windows"
down_revision = "2026_11_23_access_alerts"
branch_labels = None
depends_on = None

INSTANT = sa.TIMESTAMP(timezone=True)
RULES = (
    "VOLUME_HOUR",
    "VOLUME_DAY",
    "ODD_HOURS",
    "OUT_OF_PORTFOLIO",
    "SEQUENTIAL",
    "REPEATED_SEARCH",
    "HONEYTOKEN",
)


def upgrade() -> None:
    """Windows that have begun already are measured from here on."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "access_seen",
        sa.Column("user_account_id", sa.BigInteger(), nullable=False),
        sa.Column("window_name", sa.Text(), nullable=False),
        sa.Column("window_began_at", INSTANT, nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("is_alone", sa.Boolean(), nullable=False),
        sa.Column("seen_at", INSTANT, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("window_name IN ('HOUR', 'DAY', 'NIGHT')", name=op.f("access_seen_window_name_check")),
        sa.PrimaryKeyConstraint(
            "user_account_id", "window_name", "window_began_at", "customer_id", name=op.f("access_seen_pkey")
        ),
        schema="ketu",
    )
    op.create_index(op.f("access_seen_seen_at_idx"), "access_seen", ["seen_at"], schema="ketu")
    op.create_table(
        "access_tally",
        sa.Column("user_account_id", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("window_began_at", INSTANT, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seen_at", INSTANT, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(f"rule IN {RULES}", name=op.f("access_tally_rule_check")),
        sa.PrimaryKeyConstraint(
            "user_account_id", "rule", "window_began_at", "subject", name=op.f("access_tally_pkey")
        ),
        schema="ketu",
    )
    op.create_index(op.f("access_tally_seen_at_idx"), "access_tally", ["seen_at"], schema="ketu")


def downgrade() -> None:
    op.drop_table("access_tally", schema="ketu")
    op.drop_table("access_seen", schema="ketu")
