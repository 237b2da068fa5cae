"""The state of access counts its changes; and customers have a backup manager."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_access_version"
down_revision = "2026_11_23_access_grants"
branch_labels = None
depends_on = None

COUNTED = ("access_grant", "bank", "branch", "role_assignment", "staff", "user_account")
"""What decides who may see what, beside the rows themselves."""


def upgrade() -> None:
    """SQLSTATE KT003 makes the API read the reader anew. STABLE functions in a CASE are asked only where it comes to."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("customer", sa.Column("backup_manager_id", sa.BigInteger(), nullable=True), schema="ketu")
    op.create_foreign_key(
        op.f("customer_backup_manager_id_fkey"),
        "customer",
        "staff",
        ["backup_manager_id"],
        ["id"],
        source_schema="ketu",
        referent_schema="ketu",
    )
    op.create_index(op.f("customer_backup_manager_id_id_idx"), "customer", ["backup_manager_id", "id"], schema="ketu")
    op.execute("ALTER TABLE ketu.customer_history ADD backup_manager_id bigint")
    # By name: a column that joins a table later stands at the end of both, and so not in the same place.
    op.execute(
        """
        CREATE OR REPLACE FUNCTION ketu.keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            names text;
            states text;
        BEGIN
            SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum),
                   string_agg('state.' || quote_ident(attname), ', ' ORDER BY attnum)
            INTO names, states
            FROM pg_attribute WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped;
            EXECUTE format(
                'INSERT INTO ketu.%I (%s, operation, business_date, recorded_at) SELECT %s, %L, bank.business_date, now()
                 FROM changed AS state LEFT JOIN ketu.bank ON true',
                TG_TABLE_NAME || '_history', names, states, TG_OP);
            RETURN NULL;
        END $$
        """
    )
    op.create_table(
        "access_version",
        sa.Column("id", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("access_version_pkey")),
        sa.CheckConstraint("id = 1", name=op.f("access_version_single_row_check")),
        schema="ketu",
    )
    op.execute("INSERT INTO ketu.access_version VALUES (1, 1)")
    op.execute(
        """
        CREATE FUNCTION ketu.stale_access() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
        BEGIN
            RAISE EXCEPTION 'access has changed since the reader was read' USING ERRCODE = 'KT003';
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION ketu.count_access() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE ketu.access_version SET number = number + 1;
            RETURN NULL;
        END $$
        """
    )
    for table in COUNTED:
        op.execute(
            f"CREATE TRIGGER count_access AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ketu.{table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ketu.count_access()"
        )


def downgrade() -> None:
    """Forget the count; history goes on by name."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in COUNTED:
        op.execute(f"DROP TRIGGER count_access ON ketu.{table}")
    op.execute("DROP FUNCTION ketu.count_access()")
    op.execute("DROP FUNCTION ketu.stale_access()")
    op.drop_table("access_version", schema="ketu")
    op.drop_column("customer", "backup_manager_id", schema="ketu")
    op.drop_column("customer_history", "backup_manager_id", schema="ketu")
