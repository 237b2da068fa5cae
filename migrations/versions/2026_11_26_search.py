"""Names and numbers are found by their beginnings, names by their parts, identifiers by their last four."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_26_search"
down_revision = "2026_11_26_knowledge"
branch_labels = None
depends_on = None

IGNORED = r"E' \t\r\n\v\f-\'’‘·•.,()/‐‑–—'"
SEARCHED = (
    ("customer", "name"),
    ("customer", "name_sort_key"),
    ("customer", "customer_no"),
    ("staff", "name"),
    ("staff", "name_sort_key"),
    ("staff", "staff_no"),
    ("branch", "name"),
    ("branch", "name_sort_key"),
    ("branch", "branch_no"),
    ("ticket", "ticket_no"),
)
LAST_FOUR = (
    ("identity_document", "number_last4", "customer_id"),
    ("contact_point", "value_last4", "customer_id"),
    ("card", "number_last4", "customer_id"),
    ("account", "number_last4", "id"),
)
PARTS = """
    SELECT named.id, place, substr(named.key, place, 100)
    FROM (SELECT id, ketu.search_key(name) AS key FROM {names} WHERE name IS NOT NULL) AS named,
        generate_series(2, length(named.key) - 1) AS place
"""
CHANGES = "current_setting('ketu.follows_branch', true) IS DISTINCT FROM 'on'"
"""A row that only follows its branch keeps its name."""
GONE = "DELETE FROM ketu.customer_name_part WHERE customer_id = OLD.id"
CHANGED = "(SELECT NEW.id, NEW.name) AS changed"
INTO = "INSERT INTO ketu.customer_name_part (customer_id, place, part)"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(
        "CREATE FUNCTION ketu.search_key(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE "
        f"RETURN lower(translate(normalize($1, NFKC), {IGNORED}, '') COLLATE \"default\")"
    )
    for table, column in SEARCHED:
        op.execute(
            f'CREATE INDEX {table}_{column}_search_idx ON ketu.{table} ((ketu.search_key({column})) COLLATE "C", id)'
        )
    for table, *columns in LAST_FOUR:
        op.create_index(op.f(f"{table}_{'_'.join(columns)}_idx"), table, columns, schema="ketu")
    op.drop_index(op.f("customer_name_initials_idx"), "customer", schema="ketu")
    op.create_index(op.f("customer_name_initials_id_idx"), "customer", ["name_initials", "id"], schema="ketu")
    op.create_table(
        "customer_name_part",
        sa.Column("customer_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Text(collation="C"), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "place", name=op.f("customer_name_part_pkey")),
        schema="ketu",
    )
    op.execute(f"{INTO} {PARTS.format(names='ketu.customer')}")
    op.create_index(
        op.f("customer_name_part_part_customer_id_idx"), "customer_name_part", ["part", "customer_id"], schema="ketu"
    )
    _keep_parts()


def _keep_parts() -> None:
    """One statement for all names that are added at once; row by row where they change or go."""
    op.execute(
        "CREATE FUNCTION ketu.add_name_parts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"{INTO} {PARTS.format(names='added')}; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE FUNCTION ketu.change_name_parts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"{GONE}; IF TG_OP = 'UPDATE' THEN {INTO} {PARTS.format(names=CHANGED)}; END IF; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER add_name_parts AFTER INSERT ON ketu.customer REFERENCING NEW TABLE AS added "
        "FOR EACH STATEMENT EXECUTE FUNCTION ketu.add_name_parts()"
    )
    op.execute(
        "CREATE TRIGGER change_name_parts AFTER UPDATE OF name ON ketu.customer FOR EACH ROW "
        f"WHEN (OLD.name IS DISTINCT FROM NEW.name AND {CHANGES}) EXECUTE FUNCTION ketu.change_name_parts()"
    )
    op.execute(
        "CREATE TRIGGER remove_name_parts AFTER DELETE ON ketu.customer FOR EACH ROW "
        "EXECUTE FUNCTION ketu.change_name_parts()"
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for trigger in ("add", "change", "remove"):
        op.execute(f"DROP TRIGGER {trigger}_name_parts ON ketu.customer")
    op.execute("DROP FUNCTION ketu.add_name_parts, ketu.change_name_parts")
    op.drop_table("customer_name_part", schema="ketu")
    op.drop_index(op.f("customer_name_initials_id_idx"), "customer", schema="ketu")
    op.create_index(op.f("customer_name_initials_idx"), "customer", ["name_initials"], schema="ketu")
    for table, *columns in LAST_FOUR:
        op.drop_index(op.f(f"{table}_{'_'.join(columns)}_idx"), table, schema="ketu")
    for table, column in SEARCHED:
        op.drop_index(f"{table}_{column}_search_idx", table, schema="ketu")
    op.execute("DROP FUNCTION ketu.search_key(text)")
