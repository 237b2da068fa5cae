"""The first tables: the organisation, customers, contracts, ties, and what sources delivered."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_23_first_tables"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("CREATE SCHEMA IF NOT EXISTS ketu")
    op.execute("CREATE SCHEMA IF NOT EXISTS staging")
    op.create_table(
        "bank",
        sa.Column("id", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("base_currency", sa.Text(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("bank_pkey")),
        sa.CheckConstraint("id = 1", name=op.f("bank_single_row_check")),
        schema="ketu",
    )
    op.create_table(
        "branch",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("branch_no", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("position_end", sa.Integer(), nullable=False),
        sa.Column("rollup_parent_id", sa.BigInteger(), nullable=True),
        sa.Column("rollup_position", sa.Integer(), nullable=False),
        sa.Column("rollup_position_end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["ketu.branch.id"], name=op.f("branch_parent_id_fkey")),
        sa.ForeignKeyConstraint(["rollup_parent_id"], ["ketu.branch.id"], name=op.f("branch_rollup_parent_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("branch_pkey")),
        sa.UniqueConstraint("branch_no", name=op.f("branch_branch_no_key")),
        sa.UniqueConstraint("position", name=op.f("branch_position_key")),
        sa.UniqueConstraint("rollup_position", name=op.f("branch_rollup_position_key")),
        sa.UniqueConstraint("source", "source_key", name=op.f("branch_source_source_key_key")),
        sa.CheckConstraint(
            "level IN ('HEAD_OFFICE', 'BRANCH', 'SUB_BRANCH', 'OUTLET')", name=op.f("branch_level_check")
        ),
        sa.CheckConstraint("state IN ('OPEN', 'CLOSED')", name=op.f("branch_state_check")),
        schema="ketu",
    )
    op.create_index(op.f("branch_name_sort_key_id_idx"), "branch", ["name_sort_key", "id"], unique=False, schema="ketu")
    op.create_index(op.f("branch_parent_id_idx"), "branch", ["parent_id"], unique=False, schema="ketu")
    op.create_index(op.f("branch_rollup_parent_id_idx"), "branch", ["rollup_parent_id"], unique=False, schema="ketu")
    op.create_table(
        "household",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("evidence", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("confidence_ratio", sa.Numeric(precision=9, scale=6), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("household_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("household_source_source_key_key")),
        sa.CheckConstraint(
            "evidence <@ ARRAY['DECLARED', 'SHARED_ACCOUNT', 'SHARED_ADDRESS', 'OPPOSITE_SEX']::text[]",
            name=op.f("household_evidence_check"),
        ),
        schema="ketu",
    )
    op.create_table(
        "product",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("product_no", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("product_pkey")),
        sa.UniqueConstraint("product_no", name=op.f("product_product_no_key")),
        sa.UniqueConstraint("source", "source_key", name=op.f("product_source_source_key_key")),
        sa.CheckConstraint(
            "category IN ('DEPOSIT', 'WEALTH', 'FUND', 'INSURANCE', 'LOAN', 'CARD')",
            name=op.f("product_category_check"),
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("product_name_sort_key_id_idx"), "product", ["name_sort_key", "id"], unique=False, schema="ketu"
    )
    op.create_table(
        "source_batch",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("as_of_date", sa.Date(), nullable=False),
        sa.Column("loaded_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("is_current", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("source_batch_pkey")),
        sa.UniqueConstraint("source", "content_hash", name=op.f("source_batch_source_content_hash_key")),
        schema="staging",
    )
    op.create_table(
        "account",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("number_masked", sa.Text(), nullable=True),
        sa.Column("number_blind_index", sa.LargeBinary(), nullable=True),
        sa.Column("number_last4", sa.Text(), nullable=True),
        sa.Column("number_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("statement_frequency", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("balance", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("balance_on", sa.Date(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("account_branch_id_fkey")),
        sa.ForeignKeyConstraint(["product_id"], ["ketu.product.id"], name=op.f("account_product_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("account_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("account_source_source_key_key")),
        sa.CheckConstraint("state IN ('OPEN', 'FROZEN', 'CLOSED')", name=op.f("account_state_check")),
        sa.CheckConstraint(
            "statement_frequency IN ('MONTHLY', 'WEEKLY', 'AFTER_TRANSACTION')",
            name=op.f("account_statement_frequency_check"),
        ),
        schema="ketu",
    )
    op.create_index(op.f("account_balance_id_idx"), "account", ["balance", "id"], unique=False, schema="ketu")
    op.create_index(op.f("account_branch_id_idx"), "account", ["branch_id"], unique=False, schema="ketu")
    op.create_index(
        op.f("account_number_blind_index_idx"), "account", ["number_blind_index"], unique=False, schema="ketu"
    )
    op.create_index(op.f("account_opened_on_id_idx"), "account", ["opened_on", "id"], unique=False, schema="ketu")
    op.create_index(op.f("account_product_id_idx"), "account", ["product_id"], unique=False, schema="ketu")
    op.create_table(
        "staff",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("staff_no", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("staff_branch_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("staff_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("staff_source_source_key_key")),
        sa.UniqueConstraint("staff_no", name=op.f("staff_staff_no_key")),
        sa.CheckConstraint(
            "post IN ('TELLER', 'RELATIONSHIP_MANAGER', 'BRANCH_MANAGER', 'REGIONAL_MANAGER', 'ANALYST', 'ADMINISTRATOR')",
            name=op.f("staff_post_check"),
        ),
        sa.CheckConstraint("state IN ('ACTIVE', 'LEFT')", name=op.f("staff_state_check")),
        schema="ketu",
    )
    op.create_index(op.f("staff_branch_id_idx"), "staff", ["branch_id"], unique=False, schema="ketu")
    op.create_index(op.f("staff_name_sort_key_id_idx"), "staff", ["name_sort_key", "id"], unique=False, schema="ketu")
    op.create_index(op.f("staff_position_idx"), "staff", ["position"], unique=False, schema="ketu")
    op.create_table(
        "file_count",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("source_batch_id", sa.BigInteger(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("read_count", sa.Integer(), nullable=False),
        sa.Column("stored_count", sa.Integer(), nullable=False),
        sa.Column("rejected_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("read_count = stored_count + rejected_count", name=op.f("file_count_reconciled_check")),
        sa.ForeignKeyConstraint(
            ["source_batch_id"], ["staging.source_batch.id"], name=op.f("file_count_source_batch_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("file_count_pkey")),
        sa.UniqueConstraint("source_batch_id", "file", name=op.f("file_count_source_batch_id_file_key")),
        schema="staging",
    )
    op.create_table(
        "rejected_row",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("source_batch_id", sa.BigInteger(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("line_number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content_cipher", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_batch_id"], ["staging.source_batch.id"], name=op.f("rejected_row_source_batch_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("rejected_row_pkey")),
        schema="staging",
    )
    op.create_index(
        op.f("rejected_row_source_batch_id_file_line_number_idx"),
        "rejected_row",
        ["source_batch_id", "file", "line_number"],
        unique=False,
        schema="staging",
    )
    op.create_table(
        "balance",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["ketu.account.id"], name=op.f("balance_account_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("balance_pkey")),
        sa.UniqueConstraint("account_id", "closed_on", name=op.f("balance_account_id_closed_on_key")),
        schema="ketu",
    )
    op.create_table(
        "customer",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("customer_no", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("name_sort_key", sa.Text(collation="C"), nullable=True),
        sa.Column("name_initials", sa.Text(collation="C"), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("birth_on", sa.Date(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("manager_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("customer_branch_id_fkey")),
        sa.ForeignKeyConstraint(["manager_id"], ["ketu.staff.id"], name=op.f("customer_manager_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("customer_pkey")),
        sa.UniqueConstraint("customer_no", name=op.f("customer_customer_no_key")),
        sa.UniqueConstraint("source", "source_key", name=op.f("customer_source_source_key_key")),
        sa.CheckConstraint("kind IN ('PERSON', 'ORGANISATION')", name=op.f("customer_kind_check")),
        sa.CheckConstraint("state IN ('PROSPECT', 'ACTIVE', 'DEREGISTERED')", name=op.f("customer_state_check")),
        sa.CheckConstraint("sex IN ('FEMALE', 'MALE')", name=op.f("customer_sex_check")),
        schema="ketu",
    )
    op.create_index(op.f("customer_branch_id_idx"), "customer", ["branch_id"], unique=False, schema="ketu")
    op.create_index(op.f("customer_joined_on_id_idx"), "customer", ["joined_on", "id"], unique=False, schema="ketu")
    op.create_index(op.f("customer_manager_id_id_idx"), "customer", ["manager_id", "id"], unique=False, schema="ketu")
    op.create_index(op.f("customer_name_initials_idx"), "customer", ["name_initials"], unique=False, schema="ketu")
    op.create_index(
        op.f("customer_name_sort_key_id_idx"), "customer", ["name_sort_key", "id"], unique=False, schema="ketu"
    )
    op.create_index(op.f("customer_position_id_idx"), "customer", ["position", "id"], unique=False, schema="ketu")
    op.create_table(
        "loan",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("term_months", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("instalment", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["ketu.account.id"], name=op.f("loan_account_id_fkey")),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("loan_branch_id_fkey")),
        sa.ForeignKeyConstraint(["product_id"], ["ketu.product.id"], name=op.f("loan_product_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("loan_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("loan_source_source_key_key")),
        sa.CheckConstraint("state IN ('RUNNING', 'IN_ARREARS', 'REPAID', 'DEFAULTED')", name=op.f("loan_state_check")),
        schema="ketu",
    )
    op.create_index(op.f("loan_account_id_idx"), "loan", ["account_id"], unique=False, schema="ketu")
    op.create_index(op.f("loan_branch_id_idx"), "loan", ["branch_id"], unique=False, schema="ketu")
    op.create_index(op.f("loan_granted_on_id_idx"), "loan", ["granted_on", "id"], unique=False, schema="ketu")
    op.create_table(
        "standing_order",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("counterparty_bank", sa.Text(), nullable=True),
        sa.Column("counterparty_account_masked", sa.Text(), nullable=True),
        sa.Column("counterparty_account_blind_index", sa.LargeBinary(), nullable=True),
        sa.Column("counterparty_account_last4", sa.Text(), nullable=True),
        sa.Column("counterparty_account_cipher", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["ketu.account.id"], name=op.f("standing_order_account_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("standing_order_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("standing_order_source_source_key_key")),
        sa.CheckConstraint(
            "purpose IN ('HOUSEHOLD', 'INSURANCE', 'INTEREST', 'LEASING', 'LOAN_PAYMENT', 'PENALTY_INTEREST', 'PENSION', 'SALARY', 'STATEMENT_FEE')",
            name=op.f("standing_order_purpose_check"),
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("standing_order_account_id_idx"), "standing_order", ["account_id"], unique=False, schema="ketu"
    )
    op.create_table(
        "transaction",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("balance_after", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("counterparty_bank", sa.Text(), nullable=True),
        sa.Column("counterparty_account_masked", sa.Text(), nullable=True),
        sa.Column("counterparty_account_blind_index", sa.LargeBinary(), nullable=True),
        sa.Column("counterparty_account_last4", sa.Text(), nullable=True),
        sa.Column("counterparty_account_cipher", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["ketu.account.id"], name=op.f("transaction_account_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("transaction_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("transaction_source_source_key_key")),
        sa.CheckConstraint("direction IN ('CREDIT', 'DEBIT')", name=op.f("transaction_direction_check")),
        sa.CheckConstraint(
            "operation IN ('CASH_DEPOSIT', 'CASH_WITHDRAWAL', 'CARD_WITHDRAWAL', 'INCOMING_TRANSFER', 'OUTGOING_TRANSFER')",
            name=op.f("transaction_operation_check"),
        ),
        sa.CheckConstraint(
            "purpose IN ('HOUSEHOLD', 'INSURANCE', 'INTEREST', 'LEASING', 'LOAN_PAYMENT', 'PENALTY_INTEREST', 'PENSION', 'SALARY', 'STATEMENT_FEE')",
            name=op.f("transaction_purpose_check"),
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("transaction_account_id_booked_on_id_idx"),
        "transaction",
        ["account_id", "booked_on", "id"],
        unique=False,
        schema="ketu",
    )
    op.create_index(
        op.f("transaction_booked_on_id_idx"), "transaction", ["booked_on", "id"], unique=False, schema="ketu"
    )
    op.create_table(
        "user_account",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["ketu.staff.id"], name=op.f("user_account_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("user_account_pkey")),
        sa.UniqueConstraint("username", name=op.f("user_account_username_key")),
        schema="ketu",
    )
    op.create_index(op.f("user_account_staff_id_idx"), "user_account", ["staff_id"], unique=False, schema="ketu")
    op.create_table(
        "account_holder",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["ketu.account.id"], name=op.f("account_holder_account_id_fkey")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("account_holder_customer_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("account_holder_pkey")),
        sa.UniqueConstraint("account_id", "customer_id", name=op.f("account_holder_account_id_customer_id_key")),
        sa.UniqueConstraint("source", "source_key", name=op.f("account_holder_source_source_key_key")),
        sa.CheckConstraint("role IN ('OWNER', 'AUTHORISED_USER')", name=op.f("account_holder_role_check")),
        schema="ketu",
    )
    op.create_index(
        op.f("account_holder_customer_id_account_id_idx"),
        "account_holder",
        ["customer_id", "account_id"],
        unique=False,
        schema="ketu",
    )
    op.create_table(
        "contact_point",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("value_masked", sa.Text(), nullable=True),
        sa.Column("value_blind_index", sa.LargeBinary(), nullable=True),
        sa.Column("value_last4", sa.Text(), nullable=True),
        sa.Column("value_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("contact_point_customer_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("contact_point_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("contact_point_source_source_key_key")),
        sa.CheckConstraint("kind IN ('ADDRESS', 'PHONE', 'EMAIL')", name=op.f("contact_point_kind_check")),
        schema="ketu",
    )
    op.create_index(
        op.f("contact_point_customer_id_idx"), "contact_point", ["customer_id"], unique=False, schema="ketu"
    )
    op.create_index(
        op.f("contact_point_value_blind_index_idx"), "contact_point", ["value_blind_index"], unique=False, schema="ketu"
    )
    op.create_table(
        "household_member",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("household_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("household_member_customer_id_fkey")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["ketu.household.id"], name=op.f("household_member_household_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("household_member_pkey")),
        sa.UniqueConstraint("customer_id", name=op.f("household_member_customer_id_key")),
        sa.UniqueConstraint("source", "source_key", name=op.f("household_member_source_source_key_key")),
        sa.CheckConstraint(
            "role IN ('HEAD', 'PARTNER', 'CHILD', 'OTHER')",
            name=op.f("household_member_role_check"),
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("household_member_household_id_idx"), "household_member", ["household_id"], unique=False, schema="ketu"
    )
    op.create_table(
        "identity_document",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("number_masked", sa.Text(), nullable=True),
        sa.Column("number_blind_index", sa.LargeBinary(), nullable=True),
        sa.Column("number_last4", sa.Text(), nullable=True),
        sa.Column("number_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("identity_document_customer_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("identity_document_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("identity_document_source_source_key_key")),
        sa.CheckConstraint(
            "type IN ('RESIDENT_ID', 'PASSPORT', 'BIRTH_NUMBER', 'CREDIT_CODE')",
            name=op.f("identity_document_type_check"),
        ),
        schema="ketu",
    )
    op.create_index(
        op.f("identity_document_customer_id_idx"), "identity_document", ["customer_id"], unique=False, schema="ketu"
    )
    op.create_index(
        op.f("identity_document_number_blind_index_idx"),
        "identity_document",
        ["number_blind_index"],
        unique=False,
        schema="ketu",
    )
    op.create_table(
        "relation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("from_customer_id", sa.BigInteger(), nullable=False),
        sa.Column("to_customer_id", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("evidence", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("confidence_ratio", sa.Numeric(precision=9, scale=6), nullable=False),
        sa.CheckConstraint("from_customer_id <> to_customer_id", name=op.f("relation_two_customers_check")),
        sa.ForeignKeyConstraint(
            ["from_customer_id"], ["ketu.customer.id"], name=op.f("relation_from_customer_id_fkey")
        ),
        sa.ForeignKeyConstraint(["to_customer_id"], ["ketu.customer.id"], name=op.f("relation_to_customer_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("relation_pkey")),
        sa.UniqueConstraint(
            "from_customer_id", "to_customer_id", "type", name=op.f("relation_from_customer_id_to_customer_id_type_key")
        ),
        sa.UniqueConstraint("source", "source_key", name=op.f("relation_source_source_key_key")),
        sa.CheckConstraint(
            "type IN ('SPOUSE', 'PARENT', 'CHILD', 'GUARANTOR', 'JOINT_HOLDER', 'EMPLOYER', 'REFERRER', 'KEY_PERSON')",
            name=op.f("relation_type_check"),
        ),
        sa.CheckConstraint(
            "evidence <@ ARRAY['DECLARED', 'SHARED_ACCOUNT', 'SHARED_ADDRESS', 'OPPOSITE_SEX']::text[]",
            name=op.f("relation_evidence_check"),
        ),
        schema="ketu",
    )
    op.create_index(op.f("relation_to_customer_id_idx"), "relation", ["to_customer_id"], unique=False, schema="ketu")
    op.create_table(
        "role_assignment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("user_account_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("role_assignment_branch_id_fkey")),
        sa.ForeignKeyConstraint(
            ["user_account_id"], ["ketu.user_account.id"], name=op.f("role_assignment_user_account_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("role_assignment_pkey")),
        sa.UniqueConstraint(
            "user_account_id", "role", "branch_id", name=op.f("role_assignment_user_account_id_role_branch_id_key")
        ),
        schema="ketu",
    )
    op.create_table(
        "card",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
        sa.Column("number_masked", sa.Text(), nullable=True),
        sa.Column("number_blind_index", sa.LargeBinary(), nullable=True),
        sa.Column("number_last4", sa.Text(), nullable=True),
        sa.Column("number_cipher", sa.LargeBinary(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "customer_id"],
            ["ketu.account_holder.account_id", "ketu.account_holder.customer_id"],
            name="card_holder_fkey",
        ),
        sa.ForeignKeyConstraint(["account_id"], ["ketu.account.id"], name=op.f("card_account_id_fkey")),
        sa.ForeignKeyConstraint(["branch_id"], ["ketu.branch.id"], name=op.f("card_branch_id_fkey")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("card_customer_id_fkey")),
        sa.ForeignKeyConstraint(["product_id"], ["ketu.product.id"], name=op.f("card_product_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("card_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("card_source_source_key_key")),
        sa.CheckConstraint("grade IN ('JUNIOR', 'CLASSIC', 'GOLD')", name=op.f("card_grade_check")),
        sa.CheckConstraint("state IN ('ACTIVE', 'BLOCKED', 'EXPIRED')", name=op.f("card_state_check")),
        schema="ketu",
    )
    op.create_index(op.f("card_account_id_idx"), "card", ["account_id"], unique=False, schema="ketu")
    op.create_index(op.f("card_branch_id_idx"), "card", ["branch_id"], unique=False, schema="ketu")
    op.create_index(op.f("card_customer_id_idx"), "card", ["customer_id"], unique=False, schema="ketu")
    op.create_index(op.f("card_issued_on_id_idx"), "card", ["issued_on", "id"], unique=False, schema="ketu")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index(op.f("card_issued_on_id_idx"), table_name="card", schema="ketu")
    op.drop_index(op.f("card_customer_id_idx"), table_name="card", schema="ketu")
    op.drop_index(op.f("card_branch_id_idx"), table_name="card", schema="ketu")
    op.drop_index(op.f("card_account_id_idx"), table_name="card", schema="ketu")
    op.drop_table("card", schema="ketu")
    op.drop_table("role_assignment", schema="ketu")
    op.drop_index(op.f("relation_to_customer_id_idx"), table_name="relation", schema="ketu")
    op.drop_table("relation", schema="ketu")
    op.drop_index(op.f("identity_document_number_blind_index_idx"), table_name="identity_document", schema="ketu")
    op.drop_index(op.f("identity_document_customer_id_idx"), table_name="identity_document", schema="ketu")
    op.drop_table("identity_document", schema="ketu")
    op.drop_index(op.f("household_member_household_id_idx"), table_name="household_member", schema="ketu")
    op.drop_table("household_member", schema="ketu")
    op.drop_index(op.f("contact_point_value_blind_index_idx"), table_name="contact_point", schema="ketu")
    op.drop_index(op.f("contact_point_customer_id_idx"), table_name="contact_point", schema="ketu")
    op.drop_table("contact_point", schema="ketu")
    op.drop_index(op.f("account_holder_customer_id_account_id_idx"), table_name="account_holder", schema="ketu")
    op.drop_table("account_holder", schema="ketu")
    op.drop_index(op.f("user_account_staff_id_idx"), table_name="user_account", schema="ketu")
    op.drop_table("user_account", schema="ketu")
    op.drop_index(op.f("transaction_booked_on_id_idx"), table_name="transaction", schema="ketu")
    op.drop_index(op.f("transaction_account_id_booked_on_id_idx"), table_name="transaction", schema="ketu")
    op.drop_table("transaction", schema="ketu")
    op.drop_index(op.f("standing_order_account_id_idx"), table_name="standing_order", schema="ketu")
    op.drop_table("standing_order", schema="ketu")
    op.drop_index(op.f("loan_granted_on_id_idx"), table_name="loan", schema="ketu")
    op.drop_index(op.f("loan_branch_id_idx"), table_name="loan", schema="ketu")
    op.drop_index(op.f("loan_account_id_idx"), table_name="loan", schema="ketu")
    op.drop_table("loan", schema="ketu")
    op.drop_index(op.f("customer_position_id_idx"), table_name="customer", schema="ketu")
    op.drop_index(op.f("customer_name_sort_key_id_idx"), table_name="customer", schema="ketu")
    op.drop_index(op.f("customer_name_initials_idx"), table_name="customer", schema="ketu")
    op.drop_index(op.f("customer_manager_id_id_idx"), table_name="customer", schema="ketu")
    op.drop_index(op.f("customer_joined_on_id_idx"), table_name="customer", schema="ketu")
    op.drop_index(op.f("customer_branch_id_idx"), table_name="customer", schema="ketu")
    op.drop_table("customer", schema="ketu")
    op.drop_table("balance", schema="ketu")
    op.drop_index(
        op.f("rejected_row_source_batch_id_file_line_number_idx"), table_name="rejected_row", schema="staging"
    )
    op.drop_table("rejected_row", schema="staging")
    op.drop_table("file_count", schema="staging")
    op.drop_index(op.f("staff_position_idx"), table_name="staff", schema="ketu")
    op.drop_index(op.f("staff_name_sort_key_id_idx"), table_name="staff", schema="ketu")
    op.drop_index(op.f("staff_branch_id_idx"), table_name="staff", schema="ketu")
    op.drop_table("staff", schema="ketu")
    op.drop_index(op.f("account_product_id_idx"), table_name="account", schema="ketu")
    op.drop_index(op.f("account_opened_on_id_idx"), table_name="account", schema="ketu")
    op.drop_index(op.f("account_number_blind_index_idx"), table_name="account", schema="ketu")
    op.drop_index(op.f("account_branch_id_idx"), table_name="account", schema="ketu")
    op.drop_index(op.f("account_balance_id_idx"), table_name="account", schema="ketu")
    op.drop_table("account", schema="ketu")
    op.drop_table("source_batch", schema="staging")
    op.drop_index(op.f("product_name_sort_key_id_idx"), table_name="product", schema="ketu")
    op.drop_table("product", schema="ketu")
    op.drop_table("household", schema="ketu")
    op.drop_index(op.f("branch_rollup_parent_id_idx"), table_name="branch", schema="ketu")
    op.drop_index(op.f("branch_parent_id_idx"), table_name="branch", schema="ketu")
    op.drop_index(op.f("branch_name_sort_key_id_idx"), table_name="branch", schema="ketu")
    op.drop_table("branch", schema="ketu")
    op.drop_table("bank", schema="ketu")
    op.execute("DROP SCHEMA staging")
    op.execute("DROP SCHEMA ketu")
