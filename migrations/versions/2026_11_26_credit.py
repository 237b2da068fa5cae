"""Guarantees, collateral, credit dossiers."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_credit"
down_revision = "2026_11_26_attributes"
branch_labels = None
depends_on = None

TABLES = ("collateral", "credit_dossier", "guarantee", "credit_dossier_entry")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "collateral",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("loan_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("address_masked", sa.Text(), nullable=True),
        sa.Column("address_blind_index", sa.LargeBinary(), nullable=True),
        sa.Column("address_last4", sa.Text(), nullable=True),
        sa.Column("address_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("valuation", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("valued_on", sa.Date(), nullable=False),
        sa.Column("valued_by", sa.Text(), nullable=True),
        sa.Column("pledged_on", sa.Date(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.CheckConstraint("account_id IS NULL OR kind = 'DEPOSIT'", name=op.f("collateral_account_check")),
        sa.CheckConstraint("released_on >= pledged_on", name=op.f("collateral_term_check")),
        sa.CheckConstraint("valuation >= 0", name=op.f("collateral_valuation_check")),
        sa.ForeignKeyConstraint(["account_id"], ["ketu.account.id"], name=op.f("collateral_account_id_fkey")),
        sa.ForeignKeyConstraint(["loan_id"], ["ketu.loan.id"], name=op.f("collateral_loan_id_fkey")),
        sa.ForeignKeyConstraint(["owner_id"], ["ketu.customer.id"], name=op.f("collateral_owner_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("collateral_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("collateral_source_source_key_key")),
        sa.CheckConstraint(
            "kind IN ('HOME', 'COMMERCIAL_PROPERTY', 'LAND', 'VEHICLE', 'EQUIPMENT', 'INVENTORY', "
            "'RECEIVABLES', 'DEPOSIT', 'SECURITIES', 'OTHER')",
            name=op.f("collateral_kind_check"),
        ),
        sa.CheckConstraint("state IN ('PLEDGED', 'RELEASED', 'REALISED')", name=op.f("collateral_state_check")),
        schema="ketu",
    )
    op.create_index(op.f("collateral_account_id_idx"), "collateral", ["account_id"], schema="ketu")
    op.create_index(op.f("collateral_loan_id_idx"), "collateral", ["loan_id"], schema="ketu")
    op.create_index(op.f("collateral_owner_id_pledged_on_idx"), "collateral", ["owner_id", "pledged_on"], schema="ketu")
    op.create_index(op.f("collateral_pledged_on_id_idx"), "collateral", ["pledged_on", "id"], schema="ketu")
    op.create_table(
        "credit_dossier",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("dossier_no", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=True),
        sa.Column("loan_class", sa.Text(), nullable=True),
        sa.Column("limit_amount", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("used_amount", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.Column("handled_by_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("expires_on >= opened_on", name=op.f("credit_dossier_term_check")),
        sa.CheckConstraint("limit_amount >= 0 AND used_amount >= 0", name=op.f("credit_dossier_amounts_check")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("credit_dossier_customer_id_fkey")),
        sa.ForeignKeyConstraint(["handled_by_id"], ["ketu.staff.id"], name=op.f("credit_dossier_handled_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("credit_dossier_pkey")),
        sa.UniqueConstraint("dossier_no", name=op.f("credit_dossier_dossier_no_key")),
        sa.UniqueConstraint("source", "source_key", name=op.f("credit_dossier_source_source_key_key")),
        sa.CheckConstraint(
            "state IN ('UNDER_REVIEW', 'APPROVED', 'REFUSED', 'SUSPENDED', 'CLOSED')",
            name=op.f("credit_dossier_state_check"),
        ),
        sa.CheckConstraint(
            "rating IN ('AAA', 'AA', 'A', 'BBB', 'BB', 'B', 'CCC', 'D')", name=op.f("credit_dossier_rating_check")
        ),
        sa.CheckConstraint(
            "loan_class IN ('NORMAL', 'SPECIAL_MENTION', 'SUBSTANDARD', 'DOUBTFUL', 'LOSS')",
            name=op.f("credit_dossier_loan_class_check"),
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("credit_dossier_customer_id_opened_on_idx"), "credit_dossier", ["customer_id", "opened_on"], schema="ketu"
    )
    op.create_index(op.f("credit_dossier_handled_by_id_idx"), "credit_dossier", ["handled_by_id"], schema="ketu")
    op.create_index(op.f("credit_dossier_opened_on_id_idx"), "credit_dossier", ["opened_on", "id"], schema="ketu")
    op.create_index(
        op.f("credit_dossier_review_due_on_id_idx"), "credit_dossier", ["review_due_on", "id"], schema="ketu"
    )
    op.create_table(
        "guarantee",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("guarantor_id", sa.BigInteger(), nullable=False),
        sa.Column("loan_id", sa.BigInteger(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("guarantee_amount_check")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("guarantee_term_check")),
        sa.CheckConstraint("num_nonnulls(loan_id, account_id) = 1", name=op.f("guarantee_one_debt_check")),
        sa.ForeignKeyConstraint(["account_id"], ["ketu.account.id"], name=op.f("guarantee_account_id_fkey")),
        sa.ForeignKeyConstraint(["guarantor_id"], ["ketu.customer.id"], name=op.f("guarantee_guarantor_id_fkey")),
        sa.ForeignKeyConstraint(["loan_id"], ["ketu.loan.id"], name=op.f("guarantee_loan_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("guarantee_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("guarantee_source_source_key_key")),
        sa.CheckConstraint(
            "kind IN ('JOINT_LIABILITY', 'GENERAL', 'MAXIMUM_AMOUNT')", name=op.f("guarantee_kind_check")
        ),
        sa.CheckConstraint(
            "state IN ('IN_FORCE', 'CALLED', 'RELEASED', 'EXPIRED')", name=op.f("guarantee_state_check")
        ),
        schema="ketu",
    )
    op.create_index(op.f("guarantee_account_id_idx"), "guarantee", ["account_id"], schema="ketu")
    op.create_index(
        op.f("guarantee_guarantor_id_starts_on_idx"), "guarantee", ["guarantor_id", "starts_on"], schema="ketu"
    )
    op.create_index(op.f("guarantee_loan_id_idx"), "guarantee", ["loan_id"], schema="ketu")
    op.create_index(op.f("guarantee_starts_on_id_idx"), "guarantee", ["starts_on", "id"], schema="ketu")
    op.create_table(
        "credit_dossier_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("credit_dossier_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("rating", sa.Text(), nullable=True),
        sa.Column("limit_amount", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["credit_dossier_id"], ["ketu.credit_dossier.id"], name=op.f("credit_dossier_entry_credit_dossier_id_fkey")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["ketu.staff.id"], name=op.f("credit_dossier_entry_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("credit_dossier_entry_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("credit_dossier_entry_source_source_key_key")),
        sa.CheckConstraint(
            "kind IN ('APPLICATION', 'INVESTIGATION', 'REVIEW', 'RATING', 'APPROVAL', 'REFUSAL', 'SUSPENSION', "
            "'CLOSURE')",
            name=op.f("credit_dossier_entry_kind_check"),
        ),
        sa.CheckConstraint(
            "rating IN ('AAA', 'AA', 'A', 'BBB', 'BB', 'B', 'CCC', 'D')", name=op.f("credit_dossier_entry_rating_check")
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("credit_dossier_entry_credit_dossier_id_happened_on_idx"),
        "credit_dossier_entry",
        ["credit_dossier_id", "happened_on"],
        schema="ketu",
    )
    op.create_index(
        op.f("credit_dossier_entry_happened_on_id_idx"), "credit_dossier_entry", ["happened_on", "id"], schema="ketu"
    )
    op.create_index(op.f("credit_dossier_entry_staff_id_idx"), "credit_dossier_entry", ["staff_id"], schema="ketu")
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW "
            "WHEN (NEW IS DISTINCT FROM OLD) EXECUTE FUNCTION ketu.count_version()"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in reversed(TABLES):
        op.drop_table(table, schema="ketu")
