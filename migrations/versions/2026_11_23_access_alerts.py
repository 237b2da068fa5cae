"""Alerts on suspicious use: their thresholds, honeytokens, and how far the access log has been looked through."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_access_alerts"
down_revision = "2026_11_23_organisation"
branch_labels = None
depends_on = None

CHANGES = "current_setting('ketu.follows_branch', true) IS DISTINCT FROM 'on'"
"""A row that only follows its branch does not change for anybody."""
INSTANT = sa.TIMESTAMP(timezone=True)
ALERT_RULES = (
    "VOLUME_HOUR",
    "VOLUME_DAY",
    "ODD_HOURS",
    "OUT_OF_PORTFOLIO",
    "SEQUENTIAL",
    "REPEATED_SEARCH",
    "HONEYTOKEN",
)


def upgrade() -> None:
    """What is in the log already is looked through once the API runs."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "access_alert",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", INSTANT, server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", INSTANT, server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("user_account_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("window_began_at", INSTANT, nullable=False),
        sa.Column("window_ended_at", INSTANT, nullable=False),
        sa.Column("measured", sa.Integer(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("closed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"ketu.{target}.id"], name=op.f(f"access_alert_{column}_fkey"))
            for column, target in (
                ("user_account_id", "user_account"),
                ("staff_id", "staff"),
                ("branch_id", "branch"),
                ("closed_by_id", "staff"),
            )
        ),
        sa.CheckConstraint(f"rule IN {ALERT_RULES}", name=op.f("access_alert_rule_check")),
        sa.CheckConstraint("state IN ('OPEN', 'CLOSED')", name=op.f("access_alert_state_check")),
        sa.CheckConstraint(
            "finding IN ('JUSTIFIED', 'FALSE_ALARM', 'MISUSE')", name=op.f("access_alert_finding_check")
        ),
        sa.CheckConstraint("(state = 'CLOSED') = (finding IS NOT NULL)", name=op.f("access_alert_found_check")),
        sa.CheckConstraint("closed_by_id <> staff_id", name=op.f("access_alert_closed_by_another_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("access_alert_pkey")),
        schema="ketu",
    )
    op.execute(
        "CREATE TRIGGER count_version BEFORE UPDATE ON ketu.access_alert FOR EACH ROW "
        f"WHEN (NEW IS DISTINCT FROM OLD AND {CHANGES}) EXECUTE FUNCTION ketu.count_version()"
    )
    op.create_index(
        "access_alert_open_idx",
        "access_alert",
        ["rule", "user_account_id", "window_began_at"],
        unique=True,
        schema="ketu",
        postgresql_where=sa.text("state = 'OPEN'"),
    )
    for columns in (
        ["staff_id", "id"],
        ["position", "id"],
        ["branch_id"],
        ["user_account_id", "window_began_at"],
        ["closed_by_id"],
    ):
        op.create_index(op.f(f"access_alert_{'_'.join(columns)}_idx"), "access_alert", columns, schema="ketu")
    op.create_table(
        "access_alert_threshold",
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("rule", name=op.f("access_alert_threshold_pkey")),
        sa.CheckConstraint(f"rule IN {ALERT_RULES}", name=op.f("access_alert_threshold_rule_check")),
        sa.CheckConstraint("threshold > 0", name=op.f("access_alert_threshold_threshold_check")),
        schema="ketu",
    )
    op.create_table(
        "honeytoken",
        sa.Column("customer_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("planted_at", INSTANT, server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("honeytoken_pkey")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("honeytoken_customer_id_fkey")),
        schema="ketu",
    )
    op.create_table(
        "access_watch",
        sa.Column("id", sa.SmallInteger(), nullable=False),
        sa.Column("transaction_id", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("access_watch_pkey")),
        sa.CheckConstraint("id = 1", name=op.f("access_watch_single_row_check")),
        schema="ketu",
    )
    op.execute("INSERT INTO ketu.access_watch VALUES (1, -1, -1)")
    # What somebody did within a window, and the order in which the graph shows it.
    op.drop_index(op.f("event_staff_id_id_idx"), "event", schema="audit")
    op.create_index(
        op.f("event_staff_id_recorded_at_id_idx"), "event", ["staff_id", "recorded_at", "id"], schema="audit"
    )


def downgrade() -> None:
    """Forget alerts and honeytokens."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index(op.f("event_staff_id_recorded_at_id_idx"), "event", schema="audit")
    op.create_index(op.f("event_staff_id_id_idx"), "event", ["staff_id", "id"], schema="audit")
    for table in ("access_watch", "honeytoken", "access_alert_threshold", "access_alert"):
        op.drop_table(table, schema="ketu")
