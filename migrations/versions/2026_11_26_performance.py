"""Indicators, targets, risk assessments; how risky products are"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_performance"
down_revision = "2026_11_26_portrait"
branch_labels = None
depends_on = None

TABLES = ("indicator", "target", "risk_assessment")
CHANGES = "current_setting('ketu.follows_branch', true) IS DISTINCT FROM 'on'"
"""A row that only follows its branch does not change for anybody."""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")

    op.create_table(
        "indicator",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("is_more_better", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(currency IS NOT NULL) = (unit = 'AMOUNT')", name=op.f("indicator_currency_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("indicator_pkey")),
        sa.UniqueConstraint("name", name=op.f("indicator_name_key")),
        sa.UniqueConstraint("source", "source_key", name=op.f("indicator_source_source_key_key")),
        sa.CheckConstraint("unit IN ('AMOUNT', 'COUNT', 'RATIO', 'DAYS')", name=op.f("indicator_unit_check")),
        schema="ketu",
    )
    op.create_table(
        "target",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("indicator_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("goal", sa.Numeric(precision=20, scale=4), nullable=False),
        sa.Column("actual", sa.Numeric(precision=20, scale=4), nullable=True),
        sa.Column("measured_on", sa.Date(), nullable=True),
        sa.Column("set_by_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(actual IS NULL) = (measured_on IS NULL)", name=op.f("target_measurement_check")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("target_period_order_check")),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("target_branch_id_fkey")),
        sa.ForeignKeyConstraint(["indicator_id"], ["ketu.indicator.id"], name=op.f("target_indicator_id_fkey")),
        sa.ForeignKeyConstraint(["product_id"], ["ketu.product.id"], name=op.f("target_product_id_fkey")),
        sa.ForeignKeyConstraint(["set_by_id"], ["ketu.staff.id"], name=op.f("target_set_by_id_fkey")),
        sa.ForeignKeyConstraint(["staff_id"], ["ketu.staff.id"], name=op.f("target_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("target_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("target_source_source_key_key")),
        sa.CheckConstraint("period IN ('MONTH', 'QUARTER', 'YEAR')", name=op.f("target_period_check")),
        schema="ketu",
    )
    op.create_index(op.f("target_branch_id_starts_on_idx"), "target", ["branch_id", "starts_on"], schema="ketu")
    op.create_index(op.f("target_indicator_id_starts_on_idx"), "target", ["indicator_id", "starts_on"], schema="ketu")
    op.create_index(op.f("target_position_starts_on_idx"), "target", ["position", "starts_on"], schema="ketu")
    op.create_index(op.f("target_product_id_starts_on_idx"), "target", ["product_id", "starts_on"], schema="ketu")
    op.create_index(op.f("target_set_by_id_idx"), "target", ["set_by_id"], schema="ketu")
    op.create_index(op.f("target_staff_id_starts_on_idx"), "target", ["staff_id", "starts_on"], schema="ketu")
    op.create_index(op.f("target_starts_on_id_idx"), "target", ["starts_on", "id"], schema="ketu")
    op.create_table(
        "risk_assessment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("questionnaire", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("assessed_by_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("assessed_on <= expires_on", name=op.f("risk_assessment_period_check")),
        sa.CheckConstraint("points >= 0", name=op.f("risk_assessment_points_check")),
        sa.ForeignKeyConstraint(
            ["assessed_by_id"], ["ketu.staff.id"], name=op.f("risk_assessment_assessed_by_id_fkey")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("risk_assessment_customer_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("risk_assessment_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("risk_assessment_source_source_key_key")),
        sa.CheckConstraint("level IN ('C1', 'C2', 'C3', 'C4', 'C5')", name=op.f("risk_assessment_level_check")),
        sa.CheckConstraint(
            "channel IN ('COUNTER', 'PHONE', 'VISIT', 'WEB', 'MOBILE', 'MESSAGE', 'MAIL')",
            name=op.f("risk_assessment_channel_check"),
        ),
        schema="ketu",
    )
    op.create_index(op.f("risk_assessment_assessed_by_id_idx"), "risk_assessment", ["assessed_by_id"], schema="ketu")
    op.create_index(op.f("risk_assessment_assessed_on_id_idx"), "risk_assessment", ["assessed_on", "id"], schema="ketu")
    op.create_index(
        op.f("risk_assessment_customer_id_assessed_on_idx"),
        "risk_assessment",
        ["customer_id", "assessed_on"],
        schema="ketu",
    )

    risk = sa.Column("risk", sa.Text(), nullable=True)
    op.add_column("product", risk, schema="ketu")
    op.create_check_constraint(
        op.f("product_risk_check"), "product", "risk IN ('R1', 'R2', 'R3', 'R4', 'R5')", schema="ketu"
    )
    for table in TABLES:
        follows = f" AND {CHANGES}" if table in ("target",) else ""
        op.execute(
            f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW "
            f"WHEN (NEW IS DISTINCT FROM OLD{follows}) EXECUTE FUNCTION ketu.count_version()"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("product", "risk", schema="ketu")
    for table in reversed(TABLES):
        op.drop_table(table, schema="ketu")
