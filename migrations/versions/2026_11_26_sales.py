"""Opportunities, leads, referrals, quotations"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_sales"
down_revision = "2026_11_26_live"
branch_labels = None
depends_on = None

CHANGES = "current_setting('ketu.follows_branch', true) IS DISTINCT FROM 'on'"
"""A row that only follows its branch does not change for anybody."""
TABLES = ("lead", "referral", "opportunity", "opportunity_stage_change", "quotation")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "lead",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone_masked", sa.Text(), nullable=True),
        sa.Column("phone_blind_index", sa.LargeBinary(), nullable=True),
        sa.Column("phone_last4", sa.Text(), nullable=True),
        sa.Column("phone_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("interest", sa.Text(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("captured_by_id", sa.BigInteger(), nullable=True),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("captured_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("drop_reason", sa.Text(), nullable=True),
        sa.Column("drop_note", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'DROPPED') = (drop_reason IS NOT NULL)", name=op.f("lead_dropping_check")),
        sa.CheckConstraint("(state = 'OPEN') = (closed_at IS NULL)", name=op.f("lead_closing_check")),
        sa.CheckConstraint("num_nonnulls(customer_id, name, phone_cipher) > 0", name=op.f("lead_party_check")),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("lead_branch_id_fkey")),
        sa.ForeignKeyConstraint(["captured_by_id"], ["ketu.staff.id"], name=op.f("lead_captured_by_id_fkey")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("lead_customer_id_fkey")),
        sa.ForeignKeyConstraint(["owner_id"], ["ketu.staff.id"], name=op.f("lead_owner_id_fkey")),
        sa.ForeignKeyConstraint(["product_id"], ["ketu.product.id"], name=op.f("lead_product_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("lead_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("lead_source_source_key_key")),
        sa.CheckConstraint(
            "origin IN ('FORM', 'FILE', 'REFERRAL', 'CUSTOMER_REFERRAL', 'WALK_IN')", name=op.f("lead_origin_check")
        ),
        sa.CheckConstraint(
            "channel IN ('COUNTER', 'PHONE', 'VISIT', 'WEB', 'MOBILE', 'MESSAGE', 'MAIL')",
            name=op.f("lead_channel_check"),
        ),
        sa.CheckConstraint("state IN ('OPEN', 'QUALIFIED', 'DROPPED')", name=op.f("lead_state_check")),
        sa.CheckConstraint(
            "drop_reason IN ('NOT_REACHED', 'NOT_INTERESTED', 'NOT_ELIGIBLE', 'DUPLICATE', 'DO_NOT_CONTACT')",
            name=op.f("lead_drop_reason_check"),
        ),
        schema="ketu",
    )
    op.create_index(op.f("lead_branch_id_captured_at_idx"), "lead", ["branch_id", "captured_at"], schema="ketu")
    op.create_index(op.f("lead_captured_at_id_idx"), "lead", ["captured_at", "id"], schema="ketu")
    op.create_index(
        op.f("lead_captured_by_id_captured_at_idx"), "lead", ["captured_by_id", "captured_at"], schema="ketu"
    )
    op.create_index(op.f("lead_customer_id_captured_at_idx"), "lead", ["customer_id", "captured_at"], schema="ketu")
    op.create_index(op.f("lead_owner_id_captured_at_idx"), "lead", ["owner_id", "captured_at"], schema="ketu")
    op.create_index(op.f("lead_phone_blind_index_idx"), "lead", ["phone_blind_index"], schema="ketu")
    op.create_index(op.f("lead_position_captured_at_idx"), "lead", ["position", "captured_at"], schema="ketu")
    op.create_index(op.f("lead_product_id_captured_at_idx"), "lead", ["product_id", "captured_at"], schema="ketu")
    op.create_table(
        "referral",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("from_staff_id", sa.BigInteger(), nullable=False),
        sa.Column("to_staff_id", sa.BigInteger(), nullable=True),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("referred_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("answered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'OPEN') = (answered_at IS NULL)", name=op.f("referral_answer_check")),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("referral_branch_id_fkey")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("referral_customer_id_fkey")),
        sa.ForeignKeyConstraint(["from_staff_id"], ["ketu.staff.id"], name=op.f("referral_from_staff_id_fkey")),
        sa.ForeignKeyConstraint(["product_id"], ["ketu.product.id"], name=op.f("referral_product_id_fkey")),
        sa.ForeignKeyConstraint(["to_staff_id"], ["ketu.staff.id"], name=op.f("referral_to_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("referral_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("referral_source_source_key_key")),
        sa.CheckConstraint("state IN ('OPEN', 'ACCEPTED', 'DECLINED', 'CONVERTED')", name=op.f("referral_state_check")),
        schema="ketu",
    )
    op.create_index(op.f("referral_branch_id_referred_at_idx"), "referral", ["branch_id", "referred_at"], schema="ketu")
    op.create_index(
        op.f("referral_customer_id_referred_at_idx"), "referral", ["customer_id", "referred_at"], schema="ketu"
    )
    op.create_index(
        op.f("referral_from_staff_id_referred_at_idx"), "referral", ["from_staff_id", "referred_at"], schema="ketu"
    )
    op.create_index(op.f("referral_position_referred_at_idx"), "referral", ["position", "referred_at"], schema="ketu")
    op.create_index(
        op.f("referral_product_id_referred_at_idx"), "referral", ["product_id", "referred_at"], schema="ketu"
    )
    op.create_index(op.f("referral_referred_at_id_idx"), "referral", ["referred_at", "id"], schema="ketu")
    op.create_index(
        op.f("referral_to_staff_id_referred_at_idx"), "referral", ["to_staff_id", "referred_at"], schema="ketu"
    )
    op.create_table(
        "opportunity",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_by_id", sa.BigInteger(), nullable=True),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("probability_ratio", sa.Numeric(precision=9, scale=6), nullable=False),
        sa.Column("opened_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("expected_close_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("close_reason", sa.Text(), nullable=True),
        sa.Column("close_note", sa.Text(), nullable=True),
        sa.Column("lead_id", sa.BigInteger(), nullable=True),
        sa.Column("referral_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(stage IN ('WON', 'LOST')) = (closed_at IS NOT NULL)", name=op.f("opportunity_closing_check")
        ),
        sa.CheckConstraint(
            "customer_id IS NOT NULL OR (lead_id IS NOT NULL AND stage <> 'WON')", name=op.f("opportunity_party_check")
        ),
        sa.CheckConstraint("(closed_at IS NULL) = (close_reason IS NULL)", name=op.f("opportunity_reason_check")),
        sa.CheckConstraint("amount > 0", name=op.f("opportunity_amount_check")),
        sa.CheckConstraint("probability_ratio BETWEEN 0 AND 1", name=op.f("opportunity_probability_ratio_check")),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("opportunity_branch_id_fkey")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("opportunity_customer_id_fkey")),
        sa.ForeignKeyConstraint(["lead_id"], ["ketu.lead.id"], name=op.f("opportunity_lead_id_fkey")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["ketu.staff.id"], name=op.f("opportunity_opened_by_id_fkey")),
        sa.ForeignKeyConstraint(["owner_id"], ["ketu.staff.id"], name=op.f("opportunity_owner_id_fkey")),
        sa.ForeignKeyConstraint(["product_id"], ["ketu.product.id"], name=op.f("opportunity_product_id_fkey")),
        sa.ForeignKeyConstraint(["referral_id"], ["ketu.referral.id"], name=op.f("opportunity_referral_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("opportunity_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("opportunity_source_source_key_key")),
        sa.CheckConstraint(
            "kind IN ('NEW_SALE', 'CROSS_SELL', 'UP_SELL', 'REPEAT_SELL')", name=op.f("opportunity_kind_check")
        ),
        sa.CheckConstraint(
            "occasion IN ('CUSTOMER_ASKED', 'MATURITY', 'LARGE_INFLOW', 'LIFE_EVENT')",
            name=op.f("opportunity_occasion_check"),
        ),
        sa.CheckConstraint(
            "stage IN ('IDENTIFIED', 'CONTACTED', 'QUALIFIED', 'PROPOSED', 'NEGOTIATED', 'WON', 'LOST')",
            name=op.f("opportunity_stage_check"),
        ),
        sa.CheckConstraint(
            "close_reason IN ('TERMS', 'SERVICE', 'NEED', 'COMPETITOR', 'ELIGIBILITY', 'OTHER')",
            name=op.f("opportunity_close_reason_check"),
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("opportunity_branch_id_opened_at_idx"), "opportunity", ["branch_id", "opened_at"], schema="ketu"
    )
    op.create_index(
        op.f("opportunity_customer_id_opened_at_idx"), "opportunity", ["customer_id", "opened_at"], schema="ketu"
    )
    op.create_index(
        op.f("opportunity_expected_close_on_id_idx"), "opportunity", ["expected_close_on", "id"], schema="ketu"
    )
    op.create_index(op.f("opportunity_lead_id_idx"), "opportunity", ["lead_id"], schema="ketu")
    op.create_index(op.f("opportunity_opened_at_id_idx"), "opportunity", ["opened_at", "id"], schema="ketu")
    op.create_index(
        op.f("opportunity_opened_by_id_opened_at_idx"), "opportunity", ["opened_by_id", "opened_at"], schema="ketu"
    )
    op.create_index(op.f("opportunity_owner_id_opened_at_idx"), "opportunity", ["owner_id", "opened_at"], schema="ketu")
    op.create_index(op.f("opportunity_position_opened_at_idx"), "opportunity", ["position", "opened_at"], schema="ketu")
    op.create_index(
        op.f("opportunity_product_id_opened_at_idx"), "opportunity", ["product_id", "opened_at"], schema="ketu"
    )
    op.create_index(op.f("opportunity_referral_id_idx"), "opportunity", ["referral_id"], schema="ketu")
    op.create_table(
        "opportunity_stage_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=False),
        sa.Column("from_stage", sa.Text(), nullable=True),
        sa.Column("to_stage", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("probability_ratio", sa.Numeric(precision=9, scale=6), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["ketu.opportunity.id"], name=op.f("opportunity_stage_change_opportunity_id_fkey")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["ketu.staff.id"], name=op.f("opportunity_stage_change_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("opportunity_stage_change_pkey")),
        sa.CheckConstraint(
            "from_stage IN ('IDENTIFIED', 'CONTACTED', 'QUALIFIED', 'PROPOSED', 'NEGOTIATED', 'WON', 'LOST')",
            name=op.f("opportunity_stage_change_from_stage_check"),
        ),
        sa.CheckConstraint(
            "to_stage IN ('IDENTIFIED', 'CONTACTED', 'QUALIFIED', 'PROPOSED', 'NEGOTIATED', 'WON', 'LOST')",
            name=op.f("opportunity_stage_change_to_stage_check"),
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("opportunity_stage_change_changed_at_id_idx"),
        "opportunity_stage_change",
        ["changed_at", "id"],
        schema="ketu",
    )
    op.create_index(
        op.f("opportunity_stage_change_opportunity_id_changed_at_idx"),
        "opportunity_stage_change",
        ["opportunity_id", "changed_at"],
        schema="ketu",
    )
    op.create_index(
        op.f("opportunity_stage_change_staff_id_changed_at_idx"),
        "opportunity_stage_change",
        ["staff_id", "changed_at"],
        schema="ketu",
    )
    op.create_table(
        "quotation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("opportunity_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("annual_rate_ratio", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("term_months", sa.Integer(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=True),
        sa.Column("requested_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("offered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("valid_until_on", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("quoted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("approved_by_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('ACCEPTED', 'REFUSED')) = (answered_at IS NOT NULL)", name=op.f("quotation_answer_check")
        ),
        sa.CheckConstraint(
            "offered_at IS NOT NULL OR state NOT IN ('OFFERED', 'ACCEPTED', 'EXPIRED')",
            name=op.f("quotation_offered_check"),
        ),
        sa.CheckConstraint("(offered_at IS NULL) = (valid_until_on IS NULL)", name=op.f("quotation_offer_check")),
        sa.CheckConstraint("amount > 0", name=op.f("quotation_amount_check")),
        sa.CheckConstraint("term_months > 0", name=op.f("quotation_term_months_check")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["ketu.staff.id"], name=op.f("quotation_approved_by_id_fkey")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["ketu.opportunity.id"], name=op.f("quotation_opportunity_id_fkey")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["ketu.product.id"], name=op.f("quotation_product_id_fkey")),
        sa.ForeignKeyConstraint(["quoted_by_id"], ["ketu.staff.id"], name=op.f("quotation_quoted_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("quotation_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("quotation_source_source_key_key")),
        sa.CheckConstraint(
            "state IN ('REQUESTED', 'OFFERED', 'ACCEPTED', 'REFUSED', 'WITHDRAWN', 'EXPIRED')",
            name=op.f("quotation_state_check"),
        ),
        schema="ketu",
    )
    op.create_index(op.f("quotation_approved_by_id_idx"), "quotation", ["approved_by_id"], schema="ketu")
    op.create_index(
        op.f("quotation_opportunity_id_requested_at_idx"),
        "quotation",
        ["opportunity_id", "requested_at"],
        schema="ketu",
    )
    op.create_index(
        op.f("quotation_product_id_requested_at_idx"), "quotation", ["product_id", "requested_at"], schema="ketu"
    )
    op.create_index(op.f("quotation_quoted_by_id_idx"), "quotation", ["quoted_by_id"], schema="ketu")
    op.create_index(op.f("quotation_requested_at_id_idx"), "quotation", ["requested_at", "id"], schema="ketu")
    for table in TABLES:
        follows = f" AND {CHANGES}" if table in ("lead", "opportunity", "referral") else ""
        op.execute(
            f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW "
            f"WHEN (NEW IS DISTINCT FROM OLD{follows}) EXECUTE FUNCTION ketu.count_version()"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in reversed(TABLES):
        op.drop_table(table, schema="ketu")
