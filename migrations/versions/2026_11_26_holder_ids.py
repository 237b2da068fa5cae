"""Who holds an account stands in the account; scores of a customer are found in their order, to the id."""

from alembic import op

revision = "2026_11_26_holder_ids"
down_revision = "2026_11_26_descending"
branch_labels = None
depends_on = None

HELD_BY = """ARRAY(SELECT holder.customer_id FROM ketu.account_holder AS holder
                   WHERE holder.account_id = account.id ORDER BY holder.customer_id)"""
# Of two who add a holder to one account at the same time, the second waits, and counts again what is there by then.
TOLD = f"""
CREATE FUNCTION ketu.tell_account_its_holders() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told bigint[] := ARRAY(SELECT account.id FROM ketu.account AS account
                           WHERE account.id IN (SELECT account_id FROM changed) AND account.holder_ids <> {HELD_BY}
                           ORDER BY account.id FOR NO KEY UPDATE);
BEGIN
    UPDATE ketu.account AS account SET holder_ids = {HELD_BY} WHERE account.id = ANY (told);
    RETURN NULL;
END $$
"""  # noqa: S608 (names of our own)
WHEN = {
    "insert": ("INSERT", "NEW"),
    "update_from": ("UPDATE", "OLD"),
    "update_to": ("UPDATE", "NEW"),
    "delete": ("DELETE", "OLD"),
}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("ALTER TABLE ketu.account ADD COLUMN holder_ids bigint[] NOT NULL DEFAULT '{}'")
    # To its readers an account is what it was.
    op.execute("ALTER TABLE ketu.account DISABLE TRIGGER USER")
    op.execute(f"UPDATE ketu.account AS account SET holder_ids = {HELD_BY}")  # noqa: S608
    op.execute("ALTER TABLE ketu.account ENABLE TRIGGER USER")
    op.execute(TOLD)
    # Nor is it another one when only its holders are told.
    _count_versions("NEW IS DISTINCT FROM OLD AND NEW.holder_ids = OLD.holder_ids")
    for name, (operation, side) in WHEN.items():
        op.execute(
            f"CREATE TRIGGER tell_{name} AFTER {operation} ON ketu.account_holder "
            f"REFERENCING {side} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ketu.tell_account_its_holders()"
        )
    op.execute("DROP INDEX ketu.score_customer_id_value_idx")
    op.execute("CREATE INDEX score_customer_id_value_id_idx ON ketu.score (customer_id, value, id)")


def downgrade() -> None:
    op.execute("DROP INDEX ketu.score_customer_id_value_id_idx")
    op.execute("CREATE INDEX score_customer_id_value_idx ON ketu.score (customer_id, value)")
    for name in WHEN:
        op.execute(f"DROP TRIGGER tell_{name} ON ketu.account_holder")
    op.execute("DROP FUNCTION ketu.tell_account_its_holders()")
    _count_versions("NEW IS DISTINCT FROM OLD")
    op.execute("ALTER TABLE ketu.account DROP COLUMN holder_ids")


def _count_versions(when: str) -> None:
    op.execute(
        "CREATE OR REPLACE TRIGGER count_version BEFORE UPDATE ON ketu.account FOR EACH ROW "
        f"WHEN ({when}) EXECUTE FUNCTION ketu.count_version()"
    )
