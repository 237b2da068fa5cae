"""Visits to customers, and care for them."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_visits_care"
down_revision = "2026_11_26_alerts"
branch_labels = None
depends_on = None

CHANGES = "current_setting('ketu.follows_branch', true) IS DISTINCT FROM 'on'"
"""A row that only follows its branch does not change for anybody."""
TABLES = ("care_plan", "care", "visit")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "care_plan",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.Column("tag_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lead_days", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("every_days", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("greeting", sa.Text(), nullable=True),
        sa.CheckConstraint("(occasion = 'REGULAR') = (every_days IS NOT NULL)", name=op.f("care_plan_regular_check")),
        sa.CheckConstraint("customer_id IS NULL OR tag_id IS NULL", name=op.f("care_plan_whom_check")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("care_plan_term_check")),
        sa.CheckConstraint("lead_days >= 0 AND every_days > 0", name=op.f("care_plan_days_check")),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("care_plan_branch_id_fkey")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("care_plan_customer_id_fkey")),
        sa.ForeignKeyConstraint(["staff_id"], ["ketu.staff.id"], name=op.f("care_plan_staff_id_fkey")),
        sa.ForeignKeyConstraint(["tag_id"], ["ketu.tag.id"], name=op.f("care_plan_tag_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("care_plan_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("care_plan_source_source_key_key")),
        sa.CheckConstraint(
            "occasion IN ('BIRTHDAY', 'FESTIVAL', 'MATURITY', 'ANNIVERSARY', 'LIFE_EVENT', 'REGULAR')",
            name=op.f("care_plan_occasion_check"),
        ),
        sa.CheckConstraint(
            "channel IN ('COUNTER', 'PHONE', 'VISIT', 'WEB', 'MOBILE', 'MESSAGE', 'MAIL')",
            name=op.f("care_plan_channel_check"),
        ),
        sa.CheckConstraint("state IN ('ACTIVE', 'ENDED')", name=op.f("care_plan_state_check")),
        schema="ketu",
    )
    op.create_index(op.f("care_plan_branch_id_starts_on_idx"), "care_plan", ["branch_id", "starts_on"], schema="ketu")
    op.create_index(op.f("care_plan_customer_id_idx"), "care_plan", ["customer_id"], schema="ketu")
    op.create_index(op.f("care_plan_position_starts_on_idx"), "care_plan", ["position", "starts_on"], schema="ketu")
    op.create_index(op.f("care_plan_staff_id_starts_on_idx"), "care_plan", ["staff_id", "starts_on"], schema="ketu")
    op.create_index(op.f("care_plan_starts_on_id_idx"), "care_plan", ["starts_on", "id"], schema="ketu")
    op.create_index(op.f("care_plan_tag_id_idx"), "care_plan", ["tag_id"], schema="ketu")
    op.create_table(
        "care",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("care_plan_id", sa.BigInteger(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("interaction_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(state = 'PLANNED') = (closed_at IS NULL)", name=op.f("care_closing_check")),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("care_branch_id_fkey")),
        sa.ForeignKeyConstraint(["care_plan_id"], ["ketu.care_plan.id"], name=op.f("care_care_plan_id_fkey")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["ketu.staff.id"], name=op.f("care_closed_by_id_fkey")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("care_customer_id_fkey")),
        sa.ForeignKeyConstraint(["interaction_id"], ["ketu.interaction.id"], name=op.f("care_interaction_id_fkey")),
        sa.ForeignKeyConstraint(["staff_id"], ["ketu.staff.id"], name=op.f("care_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("care_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("care_source_source_key_key")),
        sa.CheckConstraint(
            "occasion IN ('BIRTHDAY', 'FESTIVAL', 'MATURITY', 'ANNIVERSARY', 'LIFE_EVENT', 'REGULAR')",
            name=op.f("care_occasion_check"),
        ),
        sa.CheckConstraint(
            "channel IN ('COUNTER', 'PHONE', 'VISIT', 'WEB', 'MOBILE', 'MESSAGE', 'MAIL')",
            name=op.f("care_channel_check"),
        ),
        sa.CheckConstraint("state IN ('PLANNED', 'DONE', 'SKIPPED')", name=op.f("care_state_check")),
        schema="ketu",
    )
    op.create_index(op.f("care_branch_id_due_on_idx"), "care", ["branch_id", "due_on"], schema="ketu")
    op.create_index(op.f("care_care_plan_id_due_on_idx"), "care", ["care_plan_id", "due_on"], schema="ketu")
    op.create_index(op.f("care_closed_by_id_idx"), "care", ["closed_by_id"], schema="ketu")
    op.create_index(op.f("care_customer_id_due_on_idx"), "care", ["customer_id", "due_on"], schema="ketu")
    op.create_index(op.f("care_due_on_id_idx"), "care", ["due_on", "id"], schema="ketu")
    op.create_index(op.f("care_interaction_id_idx"), "care", ["interaction_id"], schema="ketu")
    op.create_index(op.f("care_position_due_on_idx"), "care", ["position", "due_on"], schema="ketu")
    op.create_index(op.f("care_staff_id_due_on_idx"), "care", ["staff_id", "due_on"], schema="ketu")
    op.create_table(
        "visit",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("planned_by_id", sa.BigInteger(), nullable=True),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("contact_point_id", sa.BigInteger(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("planned_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("planned_minutes", sa.Integer(), nullable=True),
        sa.Column("task_id", sa.BigInteger(), nullable=True),
        sa.Column("checked_in_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("latitude", sa.Numeric(precision=5, scale=3), nullable=True),
        sa.Column("longitude", sa.Numeric(precision=6, scale=3), nullable=True),
        sa.Column("completed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("interaction_id", sa.BigInteger(), nullable=True),
        sa.Column("cancelled_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("cancellation_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'CANCELLED') = (cancelled_at IS NOT NULL)", name=op.f("visit_cancellation_check")),
        sa.CheckConstraint("(state = 'DONE') = (completed_at IS NOT NULL)", name=op.f("visit_completion_check")),
        sa.CheckConstraint("checked_in_at IS NOT NULL OR state <> 'CHECKED_IN'", name=op.f("visit_check_in_check")),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL) AND latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180",
            name=op.f("visit_whereabouts_check"),
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("visit_branch_id_fkey")),
        sa.ForeignKeyConstraint(
            ["contact_point_id"], ["ketu.contact_point.id"], name=op.f("visit_contact_point_id_fkey")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("visit_customer_id_fkey")),
        sa.ForeignKeyConstraint(["interaction_id"], ["ketu.interaction.id"], name=op.f("visit_interaction_id_fkey")),
        sa.ForeignKeyConstraint(["planned_by_id"], ["ketu.staff.id"], name=op.f("visit_planned_by_id_fkey")),
        sa.ForeignKeyConstraint(["staff_id"], ["ketu.staff.id"], name=op.f("visit_staff_id_fkey")),
        sa.ForeignKeyConstraint(["task_id"], ["ketu.task.id"], name=op.f("visit_task_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("visit_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("visit_source_source_key_key")),
        sa.CheckConstraint(
            "purpose IN ('CARE', 'SALES', 'SERVICE', 'RISK', 'ACQUISITION')", name=op.f("visit_purpose_check")
        ),
        sa.CheckConstraint("state IN ('PLANNED', 'CHECKED_IN', 'DONE', 'CANCELLED')", name=op.f("visit_state_check")),
        sa.CheckConstraint("place IN ('HOME', 'WORKPLACE', 'BRANCH', 'ELSEWHERE')", name=op.f("visit_place_check")),
        schema="ketu",
    )
    op.create_index(op.f("visit_branch_id_planned_at_idx"), "visit", ["branch_id", "planned_at"], schema="ketu")
    op.create_index(op.f("visit_contact_point_id_idx"), "visit", ["contact_point_id"], schema="ketu")
    op.create_index(op.f("visit_customer_id_planned_at_idx"), "visit", ["customer_id", "planned_at"], schema="ketu")
    op.create_index(op.f("visit_interaction_id_idx"), "visit", ["interaction_id"], schema="ketu")
    op.create_index(op.f("visit_planned_at_id_idx"), "visit", ["planned_at", "id"], schema="ketu")
    op.create_index(op.f("visit_planned_by_id_idx"), "visit", ["planned_by_id"], schema="ketu")
    op.create_index(op.f("visit_position_planned_at_idx"), "visit", ["position", "planned_at"], schema="ketu")
    op.create_index(op.f("visit_staff_id_planned_at_idx"), "visit", ["staff_id", "planned_at"], schema="ketu")
    op.create_index(op.f("visit_task_id_idx"), "visit", ["task_id"], schema="ketu")
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW "
            f"WHEN (NEW IS DISTINCT FROM OLD AND {CHANGES}) EXECUTE FUNCTION ketu.count_version()"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in reversed(TABLES):
        op.drop_table(table, schema="ketu")
