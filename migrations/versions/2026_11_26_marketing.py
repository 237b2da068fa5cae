"""Campaigns, their audience and events, touches, responses"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_26_marketing"
down_revision = "2026_11_26_service_request"
branch_labels = None
depends_on = None

TABLES = ("campaign", "campaign_member", "campaign_event", "touch", "response")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")

    op.create_table(
        "campaign",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("offer", sa.Text(), nullable=False),
        sa.Column("objective", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("channels", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("approved_by_id", sa.BigInteger(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("budget", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("spent", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("control_ratio", sa.Numeric(precision=9, scale=6), nullable=False),
        sa.CheckConstraint(
            "approved_by_id IS NOT NULL OR state IN ('PLANNED', 'CANCELLED')", name=op.f("campaign_approved_check")
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> owner_id", name=op.f("campaign_approval_check")
        ),
        sa.CheckConstraint("budget >= 0 AND spent >= 0", name=op.f("campaign_budget_check")),
        sa.CheckConstraint("control_ratio >= 0 AND control_ratio < 1", name=op.f("campaign_control_ratio_check")),
        sa.CheckConstraint("parent_id <> id", name=op.f("campaign_parent_check")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("campaign_period_check")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["ketu.staff.id"], name=op.f("campaign_approved_by_id_fkey")),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("campaign_branch_id_fkey")),
        sa.ForeignKeyConstraint(["owner_id"], ["ketu.staff.id"], name=op.f("campaign_owner_id_fkey")),
        sa.ForeignKeyConstraint(["parent_id"], ["ketu.campaign.id"], name=op.f("campaign_parent_id_fkey")),
        sa.ForeignKeyConstraint(["product_id"], ["ketu.product.id"], name=op.f("campaign_product_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("campaign_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("campaign_source_source_key_key")),
        sa.CheckConstraint(
            "objective IN ('ACQUISITION', 'CROSS_SELL', 'RETENTION', 'ACTIVATION', 'CARE')",
            name=op.f("campaign_objective_check"),
        ),
        sa.CheckConstraint(
            "state IN ('PLANNED', 'APPROVED', 'RUNNING', 'ENDED', 'CANCELLED')", name=op.f("campaign_state_check")
        ),
        sa.CheckConstraint(
            "channels <@ ARRAY['COUNTER', 'PHONE', 'VISIT', 'WEB', 'MOBILE', 'MESSAGE', 'MAIL']::text[]",
            name=op.f("campaign_channels_check"),
        ),
        schema="ketu",
    )
    op.create_index(op.f("campaign_approved_by_id_idx"), "campaign", ["approved_by_id"], schema="ketu")
    op.create_index(op.f("campaign_branch_id_starts_on_idx"), "campaign", ["branch_id", "starts_on"], schema="ketu")
    op.create_index(op.f("campaign_owner_id_idx"), "campaign", ["owner_id"], schema="ketu")
    op.create_index(op.f("campaign_parent_id_idx"), "campaign", ["parent_id"], schema="ketu")
    op.create_index(op.f("campaign_product_id_starts_on_idx"), "campaign", ["product_id", "starts_on"], schema="ketu")
    op.create_index(op.f("campaign_starts_on_id_idx"), "campaign", ["starts_on", "id"], schema="ketu")
    op.create_table(
        "campaign_member",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("arm", sa.Text(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["ketu.campaign.id"], name=op.f("campaign_member_campaign_id_fkey")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("campaign_member_customer_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("campaign_member_pkey")),
        sa.UniqueConstraint("campaign_id", "customer_id", name=op.f("campaign_member_campaign_id_customer_id_key")),
        sa.UniqueConstraint("source", "source_key", name=op.f("campaign_member_source_source_key_key")),
        sa.CheckConstraint("arm IN ('TARGET', 'CONTROL')", name=op.f("campaign_member_arm_check")),
        schema="ketu",
    )
    op.create_index(
        op.f("campaign_member_customer_id_drawn_on_idx"), "campaign_member", ["customer_id", "drawn_on"], schema="ketu"
    )
    op.create_index(op.f("campaign_member_drawn_on_id_idx"), "campaign_member", ["drawn_on", "id"], schema="ketu")
    op.create_table(
        "campaign_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("host_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("venue", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ends_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("seat_count", sa.Integer(), nullable=True),
        sa.CheckConstraint("seat_count > 0", name=op.f("campaign_event_seat_count_check")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("campaign_event_time_check")),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("campaign_event_branch_id_fkey")),
        sa.ForeignKeyConstraint(["campaign_id"], ["ketu.campaign.id"], name=op.f("campaign_event_campaign_id_fkey")),
        sa.ForeignKeyConstraint(["host_id"], ["ketu.staff.id"], name=op.f("campaign_event_host_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("campaign_event_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("campaign_event_source_source_key_key")),
        sa.CheckConstraint("state IN ('PLANNED', 'HELD', 'CANCELLED')", name=op.f("campaign_event_state_check")),
        schema="ketu",
    )
    op.create_index(
        op.f("campaign_event_branch_id_starts_at_idx"), "campaign_event", ["branch_id", "starts_at"], schema="ketu"
    )
    op.create_index(
        op.f("campaign_event_campaign_id_starts_at_idx"), "campaign_event", ["campaign_id", "starts_at"], schema="ketu"
    )
    op.create_index(
        op.f("campaign_event_host_id_starts_at_idx"), "campaign_event", ["host_id", "starts_at"], schema="ketu"
    )
    op.create_index(op.f("campaign_event_starts_at_id_idx"), "campaign_event", ["starts_at", "id"], schema="ketu")
    op.create_table(
        "touch",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("happened_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["ketu.campaign.id"], name=op.f("touch_campaign_id_fkey")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("touch_customer_id_fkey")),
        sa.ForeignKeyConstraint(["event_id"], ["ketu.campaign_event.id"], name=op.f("touch_event_id_fkey")),
        sa.ForeignKeyConstraint(["staff_id"], ["ketu.staff.id"], name=op.f("touch_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("touch_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("touch_source_source_key_key")),
        sa.CheckConstraint(
            "channel IN ('COUNTER', 'PHONE', 'VISIT', 'WEB', 'MOBILE', 'MESSAGE', 'MAIL')",
            name=op.f("touch_channel_check"),
        ),
        sa.CheckConstraint(
            "state IN ('PLANNED', 'SENT', 'REACHED', 'FAILED', 'SUPPRESSED')", name=op.f("touch_state_check")
        ),
        schema="ketu",
    )
    op.create_index(op.f("touch_campaign_id_happened_at_idx"), "touch", ["campaign_id", "happened_at"], schema="ketu")
    op.create_index(op.f("touch_customer_id_happened_at_idx"), "touch", ["customer_id", "happened_at"], schema="ketu")
    op.create_index(op.f("touch_event_id_idx"), "touch", ["event_id"], schema="ketu")
    op.create_index(op.f("touch_staff_id_happened_at_idx"), "touch", ["staff_id", "happened_at"], schema="ketu")
    op.create_index(op.f("touch_happened_at_id_idx"), "touch", ["happened_at", "id"], schema="ketu")
    op.create_table(
        "response",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("touch_id", sa.BigInteger(), nullable=True),
        sa.Column("event_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("responded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=True),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("amount IS NULL OR kind = 'CONVERTED'", name=op.f("response_conversion_check")),
        sa.CheckConstraint(
            "event_id IS NOT NULL OR kind NOT IN ('REGISTERED', 'ATTENDED', 'ABSENT')",
            name=op.f("response_event_check"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("response_amount_check")),
        sa.CheckConstraint("satisfaction BETWEEN 1 AND 5", name=op.f("response_satisfaction_check")),
        sa.ForeignKeyConstraint(["campaign_id"], ["ketu.campaign.id"], name=op.f("response_campaign_id_fkey")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("response_customer_id_fkey")),
        sa.ForeignKeyConstraint(["event_id"], ["ketu.campaign_event.id"], name=op.f("response_event_id_fkey")),
        sa.ForeignKeyConstraint(["opportunity_id"], ["ketu.opportunity.id"], name=op.f("response_opportunity_id_fkey")),
        sa.ForeignKeyConstraint(["product_id"], ["ketu.product.id"], name=op.f("response_product_id_fkey")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["ketu.staff.id"], name=op.f("response_recorded_by_id_fkey")),
        sa.ForeignKeyConstraint(["touch_id"], ["ketu.touch.id"], name=op.f("response_touch_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("response_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("response_source_source_key_key")),
        sa.CheckConstraint(
            "kind IN ('INTERESTED', 'DECLINED', 'REGISTERED', 'ATTENDED', 'ABSENT', 'FEEDBACK', 'CONVERTED')",
            name=op.f("response_kind_check"),
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("response_campaign_id_responded_at_idx"), "response", ["campaign_id", "responded_at"], schema="ketu"
    )
    op.create_index(
        op.f("response_customer_id_responded_at_idx"), "response", ["customer_id", "responded_at"], schema="ketu"
    )
    op.create_index(op.f("response_event_id_idx"), "response", ["event_id"], schema="ketu")
    op.create_index(op.f("response_opportunity_id_idx"), "response", ["opportunity_id"], schema="ketu")
    op.create_index(
        op.f("response_product_id_responded_at_idx"), "response", ["product_id", "responded_at"], schema="ketu"
    )
    op.create_index(
        op.f("response_recorded_by_id_responded_at_idx"), "response", ["recorded_by_id", "responded_at"], schema="ketu"
    )
    op.create_index(op.f("response_responded_at_id_idx"), "response", ["responded_at", "id"], schema="ketu")
    op.create_index(op.f("response_touch_id_idx"), "response", ["touch_id"], schema="ketu")

    for table, began_at in (("lead", "captured_at"), ("opportunity", "opened_at")):
        op.add_column(table, sa.Column("campaign_id", sa.BigInteger(), nullable=True), schema="ketu")
        op.create_foreign_key(
            op.f(f"{table}_campaign_id_fkey"), table, "campaign", ["campaign_id"], ["id"],
            source_schema="ketu", referent_schema="ketu",
        )  # fmt: skip
        index = op.f(f"{table}_campaign_id_{began_at}_idx")
        op.create_index(index, table, ["campaign_id", began_at], schema="ketu")
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW "
            "WHEN (NEW IS DISTINCT FROM OLD) EXECUTE FUNCTION ketu.count_version()"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in ("lead", "opportunity"):
        op.drop_column(table, "campaign_id", schema="ketu")
    for table in reversed(TABLES):
        op.drop_table(table, schema="ketu")
