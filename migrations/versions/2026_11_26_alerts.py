"""Alerts on business, their rules, and how many are unread."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_alerts"
down_revision = "2026_11_26_portfolio"
branch_labels = None
depends_on = None

CHANGES = "current_setting('ketu.follows_branch', true) IS DISTINCT FROM 'on'"
"""A row that only follows its branch does not change for anybody."""
COUNT = """
    CREATE FUNCTION ketu.count_unread_alerts() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        staff_ids bigint[];
        differences int[];
    BEGIN
        IF TG_OP = 'INSERT' THEN
            SELECT array_agg(staff_id), array_agg(number) INTO staff_ids, differences FROM (
                SELECT staff_id, count(*) AS number FROM after WHERE state = 'NEW' AND staff_id IS NOT NULL
                GROUP BY staff_id) AS counted;
        ELSIF TG_OP = 'DELETE' THEN
            SELECT array_agg(staff_id), array_agg(number) INTO staff_ids, differences FROM (
                SELECT staff_id, -count(*) AS number FROM before WHERE state = 'NEW' AND staff_id IS NOT NULL
                GROUP BY staff_id) AS counted;
        ELSE
            SELECT array_agg(staff_id), array_agg(number) INTO staff_ids, differences FROM (
                SELECT staff_id, sum(number) AS number FROM (
                    SELECT staff_id, 1 AS number FROM after WHERE state = 'NEW' AND staff_id IS NOT NULL
                    UNION ALL
                    SELECT staff_id, -1 FROM before WHERE state = 'NEW' AND staff_id IS NOT NULL) AS changed
                GROUP BY staff_id HAVING sum(number) <> 0) AS counted;
        END IF;
        IF staff_ids IS NOT NULL THEN
            -- In one order, so that two statements never wait for each other.
            PERFORM FROM ketu.alert_badge WHERE id = ANY (staff_ids) ORDER BY id FOR UPDATE;
            UPDATE ketu.alert_badge AS badge SET unread = badge.unread + changed.difference
            FROM unnest(staff_ids, differences) AS changed (staff_id, difference) WHERE badge.id = changed.staff_id;
        END IF;
        RETURN NULL;
    END $$
"""
BADGES = """
    CREATE FUNCTION ketu.give_alert_badges() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO ketu.alert_badge (id, staff_id) SELECT id, id FROM after;
        RETURN NULL;
    END $$
"""
FUNCTIONS = ("count_unread_alerts", "give_alert_badges")
TABLES = ("alert_rule", "alert_badge", "alert_preference", "alert")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "alert_rule",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("rule_no", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("threshold", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("threshold_count", sa.Integer(), nullable=True),
        sa.Column("threshold_ratio", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("window_days", sa.Integer(), nullable=True),
        sa.Column("lead_days", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("repeat_days", sa.Integer(), nullable=True),
        sa.Column("escalate_after_days", sa.Integer(), nullable=True),
        sa.CheckConstraint("(threshold IS NULL) = (currency IS NULL)", name=op.f("alert_rule_threshold_check")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("alert_rule_term_check")),
        sa.CheckConstraint(
            "lead_days >= 0 AND repeat_days > 0 AND escalate_after_days > 0", name=op.f("alert_rule_days_check")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("alert_rule_pkey")),
        sa.UniqueConstraint("rule_no", name=op.f("alert_rule_rule_no_key")),
        sa.UniqueConstraint("source", "source_key", name=op.f("alert_rule_source_source_key_key")),
        sa.CheckConstraint(
            "kind IN ('LARGE_WITHDRAWAL', 'MANY_SMALL_WITHDRAWALS', 'MATURITY', 'OVERDUE', 'TIER_CHANGE', 'DORMANT', 'BIRTHDAY', 'TASK_DUE', 'TICKET_DUE', 'MODEL')",
            name=op.f("alert_rule_kind_check"),
        ),
        sa.CheckConstraint(
            "recipient IN ('PRIMARY_MANAGER', 'BACKUP_MANAGER', 'BRANCH_MANAGER', 'ASSIGNEE')",
            name=op.f("alert_rule_recipient_check"),
        ),
        sa.CheckConstraint("priority IN ('LOW', 'NORMAL', 'HIGH', 'URGENT')", name=op.f("alert_rule_priority_check")),
        schema="ketu",
    )
    op.create_index(op.f("alert_rule_kind_starts_on_idx"), "alert_rule", ["kind", "starts_on"], schema="ketu")
    op.create_table(
        "alert_badge",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("unread", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("unread >= 0", name=op.f("alert_badge_unread_check")),
        sa.ForeignKeyConstraint(["staff_id"], ["ketu.staff.id"], name=op.f("alert_badge_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("alert_badge_pkey")),
        sa.UniqueConstraint("staff_id", name=op.f("alert_badge_staff_id_key")),
        schema="ketu",
    )
    op.create_table(
        "alert_preference",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("alert_rule_id", sa.BigInteger(), nullable=False),
        sa.Column("is_stopped", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=True),
        sa.Column("repeat_days", sa.Integer(), nullable=True),
        sa.CheckConstraint("lead_days >= 0 AND repeat_days > 0", name=op.f("alert_preference_days_check")),
        sa.ForeignKeyConstraint(
            ["alert_rule_id"], ["ketu.alert_rule.id"], name=op.f("alert_preference_alert_rule_id_fkey")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["ketu.staff.id"], name=op.f("alert_preference_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("alert_preference_pkey")),
        sa.UniqueConstraint("staff_id", "alert_rule_id", name=op.f("alert_preference_staff_id_alert_rule_id_key")),
        schema="ketu",
    )
    op.create_index(op.f("alert_preference_alert_rule_id_idx"), "alert_preference", ["alert_rule_id"], schema="ketu")
    op.create_table(
        "alert",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("alert_rule_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("task_id", sa.BigInteger(), nullable=True),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("raised_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("raised_count", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("due_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("seen_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("escalated_from_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('DONE', 'STOPPED')) = (closed_at IS NOT NULL)", name=op.f("alert_closing_check")
        ),
        sa.CheckConstraint("escalated_from_id <> id", name=op.f("alert_escalation_check")),
        sa.ForeignKeyConstraint(["account_id"], ["ketu.account.id"], name=op.f("alert_account_id_fkey")),
        sa.ForeignKeyConstraint(["alert_rule_id"], ["ketu.alert_rule.id"], name=op.f("alert_alert_rule_id_fkey")),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("alert_branch_id_fkey")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["ketu.staff.id"], name=op.f("alert_closed_by_id_fkey")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("alert_customer_id_fkey")),
        sa.ForeignKeyConstraint(["escalated_from_id"], ["ketu.alert.id"], name=op.f("alert_escalated_from_id_fkey")),
        sa.ForeignKeyConstraint(["staff_id"], ["ketu.staff.id"], name=op.f("alert_staff_id_fkey")),
        sa.ForeignKeyConstraint(["task_id"], ["ketu.task.id"], name=op.f("alert_task_id_fkey")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ketu.ticket.id"], name=op.f("alert_ticket_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("alert_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("alert_source_source_key_key")),
        sa.CheckConstraint(
            "kind IN ('LARGE_WITHDRAWAL', 'MANY_SMALL_WITHDRAWALS', 'MATURITY', 'OVERDUE', 'TIER_CHANGE', 'DORMANT', 'BIRTHDAY', 'TASK_DUE', 'TICKET_DUE', 'MODEL')",
            name=op.f("alert_kind_check"),
        ),
        sa.CheckConstraint("priority IN ('LOW', 'NORMAL', 'HIGH', 'URGENT')", name=op.f("alert_priority_check")),
        sa.CheckConstraint("state IN ('NEW', 'SEEN', 'DONE', 'STOPPED')", name=op.f("alert_state_check")),
        schema="ketu",
    )
    op.create_index(op.f("alert_account_id_idx"), "alert", ["account_id"], schema="ketu")
    op.create_index(op.f("alert_alert_rule_id_raised_at_idx"), "alert", ["alert_rule_id", "raised_at"], schema="ketu")
    op.create_index(op.f("alert_branch_id_raised_at_idx"), "alert", ["branch_id", "raised_at"], schema="ketu")
    op.create_index(op.f("alert_closed_by_id_idx"), "alert", ["closed_by_id"], schema="ketu")
    op.create_index(op.f("alert_customer_id_raised_at_idx"), "alert", ["customer_id", "raised_at"], schema="ketu")
    op.create_index(op.f("alert_escalated_from_id_idx"), "alert", ["escalated_from_id"], schema="ketu")
    op.create_index(op.f("alert_position_raised_at_idx"), "alert", ["position", "raised_at"], schema="ketu")
    op.create_index(op.f("alert_raised_at_id_idx"), "alert", ["raised_at", "id"], schema="ketu")
    op.create_index(op.f("alert_staff_id_raised_at_idx"), "alert", ["staff_id", "raised_at"], schema="ketu")
    op.create_index(op.f("alert_task_id_idx"), "alert", ["task_id"], schema="ketu")
    op.create_index(op.f("alert_ticket_id_idx"), "alert", ["ticket_id"], schema="ketu")
    for table in TABLES:
        follows = f" AND {CHANGES}" if table == "alert" else ""
        op.execute(
            f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW "
            f"WHEN (NEW IS DISTINCT FROM OLD{follows}) EXECUTE FUNCTION ketu.count_version()"
        )
    op.execute("INSERT INTO ketu.alert_badge (id, staff_id) SELECT id, id FROM ketu.staff")
    op.execute(BADGES)
    op.execute(
        "CREATE TRIGGER give_alert_badges AFTER INSERT ON ketu.staff REFERENCING NEW TABLE AS after "
        "FOR EACH STATEMENT EXECUTE FUNCTION ketu.give_alert_badges()"
    )
    op.execute(COUNT)
    for operation, tables in (
        ("INSERT", "NEW TABLE AS after"),
        ("UPDATE", "OLD TABLE AS before NEW TABLE AS after"),
        ("DELETE", "OLD TABLE AS before"),
    ):
        op.execute(
            f"CREATE TRIGGER count_unread_{operation.lower()} AFTER {operation} ON ketu.alert REFERENCING {tables} "
            f"FOR EACH STATEMENT WHEN ({CHANGES}) EXECUTE FUNCTION ketu.count_unread_alerts()"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP TRIGGER give_alert_badges ON ketu.staff")
    for table in reversed(TABLES):
        op.drop_table(table, schema="ketu")
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION ketu.{function}()")
