"""Tasks, tickets, interactions."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_work"
down_revision = "2026_11_25_customers_handovers"
branch_labels = None
depends_on = None

CHANGES = "current_setting('ketu.follows_branch', true) IS DISTINCT FROM 'on'"
"""A row that only follows its branch does not change for anybody."""
TABLES = ("ticket", "task", "ticket_event", "interaction")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "ticket",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("ticket_no", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("assigned_to_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_by_id", sa.BigInteger(), nullable=True),
        sa.Column("linked_to_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("due_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("level", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.CheckConstraint("(state = 'CLOSED') = (closed_at IS NOT NULL)", name=op.f("ticket_closing_check")),
        sa.CheckConstraint("level BETWEEN 0 AND 3", name=op.f("ticket_level_check")),
        sa.CheckConstraint("linked_to_id <> id", name=op.f("ticket_link_check")),
        sa.CheckConstraint("satisfaction BETWEEN 1 AND 5", name=op.f("ticket_satisfaction_check")),
        sa.ForeignKeyConstraint(["account_id"], ["ketu.account.id"], name=op.f("ticket_account_id_fkey")),
        sa.ForeignKeyConstraint(["assigned_to_id"], ["ketu.staff.id"], name=op.f("ticket_assigned_to_id_fkey")),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("ticket_branch_id_fkey")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("ticket_customer_id_fkey")),
        sa.ForeignKeyConstraint(["linked_to_id"], ["ketu.ticket.id"], name=op.f("ticket_linked_to_id_fkey")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["ketu.staff.id"], name=op.f("ticket_opened_by_id_fkey")),
        sa.ForeignKeyConstraint(["product_id"], ["ketu.product.id"], name=op.f("ticket_product_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("ticket_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("ticket_source_source_key_key")),
        sa.UniqueConstraint("ticket_no", name=op.f("ticket_ticket_no_key")),
        sa.CheckConstraint(
            "kind IN ('INQUIRY', 'COMPLAINT', 'SUGGESTION', 'REQUEST', 'LOSS_REPORT')", name=op.f("ticket_kind_check")
        ),
        sa.CheckConstraint("priority IN ('LOW', 'NORMAL', 'HIGH', 'URGENT')", name=op.f("ticket_priority_check")),
        sa.CheckConstraint("state IN ('OPEN', 'WAITING', 'CLOSED')", name=op.f("ticket_state_check")),
        sa.CheckConstraint(
            "channel IN ('COUNTER', 'PHONE', 'VISIT', 'WEB', 'MOBILE', 'MESSAGE', 'MAIL')",
            name=op.f("ticket_channel_check"),
        ),
        schema="ketu",
    )
    op.create_index(op.f("ticket_account_id_idx"), "ticket", ["account_id"], schema="ketu")
    op.create_index(
        op.f("ticket_assigned_to_id_opened_at_idx"), "ticket", ["assigned_to_id", "opened_at"], schema="ketu"
    )
    op.create_index(op.f("ticket_branch_id_opened_at_idx"), "ticket", ["branch_id", "opened_at"], schema="ketu")
    op.create_index(op.f("ticket_customer_id_opened_at_idx"), "ticket", ["customer_id", "opened_at"], schema="ketu")
    op.create_index(op.f("ticket_linked_to_id_idx"), "ticket", ["linked_to_id"], schema="ketu")
    op.create_index(op.f("ticket_opened_at_id_idx"), "ticket", ["opened_at", "id"], schema="ketu")
    op.create_index(op.f("ticket_opened_by_id_opened_at_idx"), "ticket", ["opened_by_id", "opened_at"], schema="ketu")
    op.create_index(op.f("ticket_position_opened_at_idx"), "ticket", ["position", "opened_at"], schema="ketu")
    op.create_index(op.f("ticket_product_id_opened_at_idx"), "ticket", ["product_id", "opened_at"], schema="ketu")
    op.create_table(
        "task",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.Column("assigned_to_id", sa.BigInteger(), nullable=True),
        sa.Column("assigned_by_id", sa.BigInteger(), nullable=True),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.Column("completed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("completed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("completed_through", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("hand_back_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'COMPLETED') = (completed_at IS NOT NULL)", name=op.f("task_completion_check")),
        sa.CheckConstraint("parent_id <> id", name=op.f("task_parent_check")),
        sa.ForeignKeyConstraint(["assigned_by_id"], ["ketu.staff.id"], name=op.f("task_assigned_by_id_fkey")),
        sa.ForeignKeyConstraint(["assigned_to_id"], ["ketu.staff.id"], name=op.f("task_assigned_to_id_fkey")),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("task_branch_id_fkey")),
        sa.ForeignKeyConstraint(["completed_by_id"], ["ketu.staff.id"], name=op.f("task_completed_by_id_fkey")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("task_customer_id_fkey")),
        sa.ForeignKeyConstraint(["parent_id"], ["ketu.task.id"], name=op.f("task_parent_id_fkey")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ketu.ticket.id"], name=op.f("task_ticket_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("task_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("task_source_source_key_key")),
        sa.CheckConstraint(
            "purpose IN ('CARE', 'FOLLOW_UP', 'SALES', 'SERVICE', 'RISK', 'DATA_QUALITY', 'OTHER')",
            name=op.f("task_purpose_check"),
        ),
        sa.CheckConstraint("priority IN ('LOW', 'NORMAL', 'HIGH', 'URGENT')", name=op.f("task_priority_check")),
        sa.CheckConstraint("state IN ('OPEN', 'HANDED_BACK', 'COMPLETED', 'CANCELLED')", name=op.f("task_state_check")),
        sa.CheckConstraint(
            "completed_through IN ('COUNTER', 'PHONE', 'VISIT', 'WEB', 'MOBILE', 'MESSAGE', 'MAIL')",
            name=op.f("task_completed_through_check"),
        ),
        schema="ketu",
    )
    op.create_index(op.f("task_assigned_by_id_due_at_idx"), "task", ["assigned_by_id", "due_at"], schema="ketu")
    op.create_index(op.f("task_assigned_to_id_due_at_idx"), "task", ["assigned_to_id", "due_at"], schema="ketu")
    op.create_index(op.f("task_branch_id_due_at_idx"), "task", ["branch_id", "due_at"], schema="ketu")
    op.create_index(op.f("task_completed_by_id_idx"), "task", ["completed_by_id"], schema="ketu")
    op.create_index(op.f("task_customer_id_idx"), "task", ["customer_id"], schema="ketu")
    op.create_index(op.f("task_due_at_id_idx"), "task", ["due_at", "id"], schema="ketu")
    op.create_index(op.f("task_parent_id_idx"), "task", ["parent_id"], schema="ketu")
    op.create_index(op.f("task_position_due_at_idx"), "task", ["position", "due_at"], schema="ketu")
    op.create_index(op.f("task_ticket_id_idx"), "task", ["ticket_id"], schema="ketu")
    op.create_table(
        "ticket_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("to_staff_id", sa.BigInteger(), nullable=True),
        sa.Column("to_branch_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["ketu.staff.id"], name=op.f("ticket_event_staff_id_fkey")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ketu.ticket.id"], name=op.f("ticket_event_ticket_id_fkey")),
        sa.ForeignKeyConstraint(["to_branch_id"], ["ketu.branch.id"], name=op.f("ticket_event_to_branch_id_fkey")),
        sa.ForeignKeyConstraint(["to_staff_id"], ["ketu.staff.id"], name=op.f("ticket_event_to_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("ticket_event_pkey")),
        sa.CheckConstraint(
            "kind IN ('OPENED', 'COMMENTED', 'ASSIGNED', 'TRANSFERRED', 'ESCALATED', 'WAITING', 'RESUMED', 'CLOSED', 'REOPENED')",
            name=op.f("ticket_event_kind_check"),
        ),
        schema="ketu",
    )
    op.create_index(op.f("ticket_event_happened_at_id_idx"), "ticket_event", ["happened_at", "id"], schema="ketu")
    op.create_index(
        op.f("ticket_event_staff_id_happened_at_idx"), "ticket_event", ["staff_id", "happened_at"], schema="ketu"
    )
    op.create_index(
        op.f("ticket_event_ticket_id_happened_at_idx"), "ticket_event", ["ticket_id", "happened_at"], schema="ketu"
    )
    op.create_index(
        op.f("ticket_event_to_branch_id_happened_at_idx"),
        "ticket_event",
        ["to_branch_id", "happened_at"],
        schema="ketu",
    )
    op.create_index(
        op.f("ticket_event_to_staff_id_happened_at_idx"), "ticket_event", ["to_staff_id", "happened_at"], schema="ketu"
    )
    op.create_table(
        "interaction",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("task_id", sa.BigInteger(), nullable=True),
        sa.Column("ticket_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("duration_minutes >= 0", name=op.f("interaction_duration_minutes_check")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("interaction_customer_id_fkey")),
        sa.ForeignKeyConstraint(["staff_id"], ["ketu.staff.id"], name=op.f("interaction_staff_id_fkey")),
        sa.ForeignKeyConstraint(["task_id"], ["ketu.task.id"], name=op.f("interaction_task_id_fkey")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ketu.ticket.id"], name=op.f("interaction_ticket_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("interaction_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("interaction_source_source_key_key")),
        sa.CheckConstraint(
            "channel IN ('COUNTER', 'PHONE', 'VISIT', 'WEB', 'MOBILE', 'MESSAGE', 'MAIL')",
            name=op.f("interaction_channel_check"),
        ),
        sa.CheckConstraint("direction IN ('INBOUND', 'OUTBOUND')", name=op.f("interaction_direction_check")),
        sa.CheckConstraint(
            "outcome IN ('REACHED', 'NOT_REACHED', 'INTERESTED', 'DECLINED', 'DONE')",
            name=op.f("interaction_outcome_check"),
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("interaction_customer_id_happened_at_idx"), "interaction", ["customer_id", "happened_at"], schema="ketu"
    )
    op.create_index(op.f("interaction_happened_at_id_idx"), "interaction", ["happened_at", "id"], schema="ketu")
    op.create_index(
        op.f("interaction_staff_id_happened_at_idx"), "interaction", ["staff_id", "happened_at"], schema="ketu"
    )
    op.create_index(op.f("interaction_task_id_idx"), "interaction", ["task_id"], schema="ketu")
    op.create_index(op.f("interaction_ticket_id_idx"), "interaction", ["ticket_id"], schema="ketu")
    for table in TABLES:
        follows = f" AND {CHANGES}" if table in ("task", "ticket") else ""
        op.execute(
            f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW "
            f"WHEN (NEW IS DISTINCT FROM OLD{follows}) EXECUTE FUNCTION ketu.count_version()"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in reversed(TABLES):
        op.drop_table(table, schema="ketu")
