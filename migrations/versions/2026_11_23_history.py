"""Versions and history: every change of a node counts, every state of what `asOf` will show is kept."""

from alembic import op

revision = "2026_11_23_history"
down_revision = "2026_11_23_first_tables"
branch_labels = None
depends_on = None

VERSIONED = (
    "account",
    "account_holder",
    "balance",
    "branch",
    "card",
    "contact_point",
    "customer",
    "household",
    "household_member",
    "identity_document",
    "loan",
    "product",
    "relation",
    "role_assignment",
    "staff",
    "standing_order",
    "transaction",
    "user_account",
)
HISTORY_OF = ("branch", "customer", "household_member", "relation")


def upgrade() -> None:
    """Row triggers bump the version; statement triggers copy whole transition tables, so bulk loads stay fast."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(
        """
        CREATE FUNCTION ketu.count_version() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.version := OLD.version + 1;
            NEW.updated_at := now();
            RETURN NEW;
        END $$
        """
    )
    for table in VERSIONED:
        op.execute(
            f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW "
            "WHEN (NEW IS DISTINCT FROM OLD) EXECUTE FUNCTION ketu.count_version()"
        )
    op.execute(
        """
        CREATE FUNCTION ketu.keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            EXECUTE format(
                'INSERT INTO ketu.%I SELECT state.*, %L, bank.business_date, now()
                 FROM changed AS state LEFT JOIN ketu.bank ON true',
                TG_TABLE_NAME || '_history', TG_OP);
            RETURN NULL;
        END $$
        """
    )
    for table in HISTORY_OF:
        op.execute(f"CREATE TABLE ketu.{table}_history (LIKE ketu.{table})")
        op.execute(
            f"ALTER TABLE ketu.{table}_history "
            "ADD operation text NOT NULL CHECK (operation IN ('INSERT', 'UPDATE', 'DELETE')), "
            "ADD business_date date, ADD recorded_at timestamptz NOT NULL, "
            "ADD history_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
        )
        op.execute(f"CREATE INDEX ON ketu.{table}_history (id, business_date, history_id)")
        for operation, rows in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            op.execute(
                f"CREATE TRIGGER keep_{operation.lower()} AFTER {operation} ON ketu.{table} "
                f"REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ketu.keep_history()"
            )


def downgrade() -> None:
    """Forget the history; the graph itself stays."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in HISTORY_OF:
        for operation in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER keep_{operation} ON ketu.{table}")
        op.execute(f"DROP TABLE ketu.{table}_history")
    op.execute("DROP FUNCTION ketu.keep_history()")
    for table in VERSIONED:
        op.execute(f"DROP TRIGGER count_version ON ketu.{table}")
    op.execute("DROP FUNCTION ketu.count_version()")
