"""Who managed whom; the register of sources; deliveries in the graph."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_portfolio"
down_revision = "2026_11_26_groups"
branch_labels = None
depends_on = None

TABLES = ("source", "portfolio_term")
MOVES = "current_setting('ketu.follows_branch', true) IS DISTINCT FROM 'on'"
"""A customer who only follows their branch keeps their managers."""
STATES = "'STAGED', 'VALIDATED', 'COMMITTED', 'REFUSED'"
BACK_FILL = """
    WITH said AS (
        SELECT kept.id, history_id, role, staff_id,
               coalesce(business_date, (kept.recorded_at AT TIME ZONE 'UTC')::date) AS day
        FROM ketu.customer_history AS kept JOIN ketu.customer USING (id)
        CROSS JOIN LATERAL (VALUES ('PRIMARY', kept.manager_id), ('BACKUP', kept.backup_manager_id))
            AS managed (role, staff_id)
        WHERE operation <> 'DELETE'
    ), numbered AS (
        SELECT *, row_number() OVER told AS number, lag(staff_id) OVER told AS before
        FROM said WINDOW told AS (PARTITION BY id, role ORDER BY history_id)
    ), term AS (
        SELECT id, role, staff_id, day, lead(day) OVER (PARTITION BY id, role ORDER BY history_id) AS until
        FROM numbered WHERE number = 1 OR staff_id IS DISTINCT FROM before
    )
    INSERT INTO ketu.portfolio_term (customer_id, staff_id, role, starts_on, ends_on)
    SELECT id, staff_id, role, day, CASE WHEN until IS NOT NULL THEN greatest(day, until) END
    FROM term WHERE staff_id IS NOT NULL ORDER BY day, id, role
"""
"""From every state of every customer since the first migration."""
BEGIN_TERMS = """
    CREATE FUNCTION ketu.begin_portfolio_terms() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO ketu.portfolio_term (customer_id, staff_id, role, starts_on)
        SELECT given.id, staff_id, role, coalesce(bank.business_date, current_date)
        FROM given CROSS JOIN LATERAL (VALUES ('PRIMARY', manager_id), ('BACKUP', backup_manager_id))
            AS managed (role, staff_id)
        LEFT JOIN ketu.bank ON true
        WHERE staff_id IS NOT NULL;
        RETURN NULL;
    END $$
"""
TURNED = """
        FROM given JOIN before USING (id)
        CROSS JOIN LATERAL (VALUES
            ('PRIMARY', given.manager_id, before.manager_id),
            ('BACKUP', given.backup_manager_id, before.backup_manager_id)
        ) AS managed (role, staff_id, former_id)
        WHERE managed.staff_id IS DISTINCT FROM managed.former_id
"""
TURN_TERMS = f"""
    CREATE FUNCTION ketu.turn_portfolio_terms() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        today date := coalesce((SELECT business_date FROM ketu.bank), current_date);
    BEGIN
        UPDATE ketu.portfolio_term AS term SET ends_on = greatest(starts_on, today)
        FROM (SELECT given.id, managed.role {TURNED}) AS turned
        WHERE term.customer_id = turned.id AND term.role = turned.role AND term.ends_on IS NULL;
        INSERT INTO ketu.portfolio_term (customer_id, staff_id, role, starts_on)
        SELECT given.id, managed.staff_id, managed.role, today {TURNED} AND managed.staff_id IS NOT NULL;
        RETURN NULL;
    END $$
"""  # noqa: S608


def upgrade() -> None:
    """Statement triggers read whole transition tables, as those of the history do, so bulk loads stay fast."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "source",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rhythm", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("owned_by_id", sa.BigInteger(), nullable=True),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("quality", sa.Text(), nullable=False),
        sa.Column("is_prohibited", sa.Boolean(), nullable=False),
        sa.Column("prohibited_because", sa.Text(), nullable=True),
        sa.CheckConstraint("is_prohibited OR legal_basis <> 'NONE'", name=op.f("source_basis_check")),
        sa.CheckConstraint("is_prohibited = (prohibited_because IS NOT NULL)", name=op.f("source_prohibition_check")),
        sa.ForeignKeyConstraint(["owned_by_id"], ["ketu.staff.id"], name=op.f("source_owned_by_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("source_pkey")),
        sa.UniqueConstraint("code", name=op.f("source_code_key")),
        sa.CheckConstraint(
            "kind IN ('CORE_BANKING', 'CARDS', 'LOANS', 'SECURITIES_AGENCY', 'INSURANCE_AGENCY', 'PAYMENTS', "
            "'INTERNATIONAL_CARD', 'CALL_CENTRE', 'E_BANKING', 'HR', 'EXTERNAL_LIST', 'SAMPLE')",
            name=op.f("source_kind_check"),
        ),
        sa.CheckConstraint("rhythm IN ('LIVE', 'DAILY', 'MONTHLY', 'ONCE')", name=op.f("source_rhythm_check")),
        sa.CheckConstraint(
            "legal_basis IN ('CONTRACT', 'LEGAL_DUTY', 'CONSENT', 'PUBLIC', 'HR_MANAGEMENT', 'NONE')",
            name=op.f("source_legal_basis_check"),
        ),
        sa.CheckConstraint("quality IN ('HIGH', 'MEDIUM', 'LOW', 'UNKNOWN')", name=op.f("source_quality_check")),
        schema="ketu",
    )
    op.create_index(op.f("source_owned_by_id_idx"), "source", ["owned_by_id"], schema="ketu")
    op.create_table(
        "portfolio_term",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("portfolio_term_term_check")),
        sa.ForeignKeyConstraint(["customer_id"], ["ketu.customer.id"], name=op.f("portfolio_term_customer_id_fkey")),
        sa.ForeignKeyConstraint(["staff_id"], ["ketu.staff.id"], name=op.f("portfolio_term_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("portfolio_term_pkey")),
        sa.CheckConstraint("role IN ('PRIMARY', 'BACKUP')", name=op.f("portfolio_term_role_check")),
        schema="ketu",
    )
    op.create_index(
        op.f("portfolio_term_customer_id_starts_on_idx"), "portfolio_term", ["customer_id", "starts_on"], schema="ketu"
    )
    op.create_index(
        "portfolio_term_one_at_a_time_idx",
        "portfolio_term",
        ["customer_id", "role"],
        unique=True,
        schema="ketu",
        postgresql_where=sa.text("ends_on IS NULL"),
    )
    op.create_index(
        op.f("portfolio_term_staff_id_starts_on_idx"), "portfolio_term", ["staff_id", "starts_on"], schema="ketu"
    )
    op.create_index(op.f("portfolio_term_starts_on_id_idx"), "portfolio_term", ["starts_on", "id"], schema="ketu")
    op.add_column("file_count", sa.Column("control_count", sa.Integer(), nullable=True), schema="staging")
    op.add_column(
        "file_count", sa.Column("control_total", sa.Numeric(precision=24, scale=2), nullable=True), schema="staging"
    )
    op.add_column(
        "source_batch", sa.Column("state", sa.Text(), server_default="COMMITTED", nullable=False), schema="staging"
    )
    op.create_index(op.f("source_batch_loaded_at_id_idx"), "source_batch", ["loaded_at", "id"], schema="staging")
    op.create_index(
        op.f("source_batch_source_loaded_at_idx"), "source_batch", ["source", "loaded_at"], schema="staging"
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW "
            "WHEN (NEW IS DISTINCT FROM OLD) EXECUTE FUNCTION ketu.count_version()"
        )
    op.execute(f"ALTER TABLE staging.source_batch ADD CONSTRAINT source_batch_state_check CHECK (state IN ({STATES}))")
    op.execute(BACK_FILL)
    op.execute(BEGIN_TERMS)
    op.execute(TURN_TERMS)
    op.execute(
        "CREATE TRIGGER begin_portfolio_terms AFTER INSERT ON ketu.customer REFERENCING NEW TABLE AS given "
        "FOR EACH STATEMENT EXECUTE FUNCTION ketu.begin_portfolio_terms()"
    )
    op.execute(
        "CREATE TRIGGER turn_portfolio_terms AFTER UPDATE ON ketu.customer REFERENCING OLD TABLE AS before NEW TABLE "
        f"AS given FOR EACH STATEMENT WHEN ({MOVES}) EXECUTE FUNCTION ketu.turn_portfolio_terms()"
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for act in ("begin", "turn"):
        op.execute(f"DROP TRIGGER {act}_portfolio_terms ON ketu.customer")
        op.execute(f"DROP FUNCTION ketu.{act}_portfolio_terms()")
    op.drop_index(op.f("source_batch_source_loaded_at_idx"), "source_batch", schema="staging")
    op.drop_index(op.f("source_batch_loaded_at_id_idx"), "source_batch", schema="staging")
    op.drop_column("source_batch", "state", schema="staging")
    op.drop_column("file_count", "control_total", schema="staging")
    op.drop_column("file_count", "control_count", schema="staging")
    for table in reversed(TABLES):
        op.drop_table(table, schema="ketu")
