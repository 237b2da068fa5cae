"""What customers have with the bank stands in the customer; adding it up changes nobody."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_27_aum"
down_revision = "2026_11_26_figures"
branch_labels = None
depends_on = None

COUNTED = """ketu.account_holder AS holder
    JOIN ketu.account AS account ON account.id = holder.account_id AND account.state <> 'CLOSED'
    JOIN ketu.bank AS bank ON bank.base_currency = account.currency"""
OWNED = "holder.role = 'OWNER'"
# Of two who change accounts of one customer at the same time, the second waits, and adds up what is there by then.
# To its readers a customer stays what it was, as one who only follows their branch does: no version, no history.
ADD_UP = f"""
CREATE FUNCTION ketu.add_up_aum(told bigint[]) RETURNS void LANGUAGE plpgsql SET ketu.follows_branch = 'on' AS $$
BEGIN
    PERFORM FROM ketu.customer AS customer WHERE customer.id = ANY (told) ORDER BY customer.id FOR NO KEY UPDATE;
    UPDATE ketu.customer AS customer SET aum = added.aum
    FROM (SELECT each.id, sum(account.balance) AS aum
          FROM unnest(told) AS each (id) LEFT JOIN ({COUNTED}) ON holder.customer_id = each.id AND {OWNED}
          GROUP BY each.id) AS added
    WHERE customer.id = added.id AND customer.aum IS DISTINCT FROM added.aum;
END $$
"""  # noqa: S608 (names of our own)
OF_ACCOUNTS = f"""
CREATE FUNCTION ketu.add_up_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told bigint[] := ARRAY(
        SELECT DISTINCT holder.customer_id FROM before JOIN after USING (id)
        JOIN ketu.account_holder AS holder ON holder.account_id = after.id AND {OWNED}
        WHERE (before.balance, before.currency, before.state) IS DISTINCT FROM
              (after.balance, after.currency, after.state));
BEGIN
    IF told <> '{{}}' THEN PERFORM ketu.add_up_aum(told); END IF;
    RETURN NULL;
END $$
"""  # noqa: S608
OF_HOLDERS = f"""
CREATE FUNCTION ketu.add_up_holdings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told bigint[] := ARRAY(SELECT DISTINCT holder.customer_id FROM changed AS holder WHERE {OWNED});
BEGIN
    IF told <> '{{}}' THEN PERFORM ketu.add_up_aum(told); END IF;
    RETURN NULL;
END $$
"""  # noqa: S608
OF_BANK = f"""
CREATE FUNCTION ketu.add_up_bank() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ketu.add_up_aum(ARRAY(SELECT DISTINCT holder.customer_id FROM ketu.account_holder AS holder WHERE {OWNED}));
    RETURN NULL;
END $$
"""  # noqa: S608
HOLDINGS = {
    "insert": ("INSERT", "NEW"),
    "update_from": ("UPDATE", "OLD"),
    "update_to": ("UPDATE", "NEW"),
    "delete": ("DELETE", "OLD"),
}
KEEPS = {"insert": ("NEW", ""), "update": ("NEW", "WHEN ({changes}) "), "delete": ("OLD", "")}
CHANGES = "current_setting('ketu.follows_branch', true) IS DISTINCT FROM 'on'"
KEEP_HISTORY = """
CREATE OR REPLACE FUNCTION ketu.keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    names text;
    states text;
BEGIN
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum),
           string_agg('state.' || quote_ident(attname), ', ' ORDER BY attnum)
    INTO names, states
    FROM pg_attribute WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped{but};
    EXECUTE format(
        'INSERT INTO ketu.%I (%s, operation, business_date, recorded_at) SELECT %s, %L, bank.business_date, now()
         FROM changed AS state LEFT JOIN ketu.bank ON true',
        TG_TABLE_NAME || '_history', names, states, TG_OP);
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("customer", sa.Column("aum", sa.Numeric(18, 2), nullable=True), schema="ketu")
    # History is of what customers are, not of what they have: triggers name the columns that they leave out.
    op.execute(KEEP_HISTORY.format(but=" AND attname <> ALL (coalesce(TG_ARGV, '{}'))"))
    _keep("'aum'")
    op.execute("SET LOCAL ketu.follows_branch = 'on'")
    op.execute(
        "UPDATE ketu.customer AS customer SET aum = added.aum FROM (SELECT holder.customer_id, "  # noqa: S608
        f"sum(account.balance) AS aum FROM {COUNTED} WHERE {OWNED} GROUP BY holder.customer_id) AS added "
        "WHERE customer.id = added.customer_id AND added.aum IS NOT NULL"
    )
    op.execute("SET LOCAL ketu.follows_branch = ''")
    op.execute("CREATE INDEX customer_aum_id_idx ON ketu.customer (aum DESC NULLS LAST, id DESC)")
    for function in (ADD_UP, OF_ACCOUNTS, OF_HOLDERS, OF_BANK):
        op.execute(function)
    op.execute(
        "CREATE TRIGGER add_up_update AFTER UPDATE ON ketu.account REFERENCING OLD TABLE AS before NEW TABLE AS after "
        "FOR EACH STATEMENT EXECUTE FUNCTION ketu.add_up_accounts()"
    )
    # An account without holders adds nothing, so that one that is new, or gone, needs no trigger of its own.
    for name, (operation, side) in HOLDINGS.items():
        op.execute(
            f"CREATE TRIGGER add_up_{name} AFTER {operation} ON ketu.account_holder "
            f"REFERENCING {side} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ketu.add_up_holdings()"
        )
    op.execute(
        "CREATE TRIGGER add_up_insert AFTER INSERT ON ketu.bank FOR EACH ROW EXECUTE FUNCTION ketu.add_up_bank()"
    )
    op.execute(
        "CREATE TRIGGER add_up_update AFTER UPDATE OF base_currency ON ketu.bank FOR EACH ROW "
        "WHEN (NEW.base_currency <> OLD.base_currency) EXECUTE FUNCTION ketu.add_up_bank()"
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP TRIGGER add_up_insert ON ketu.bank")
    op.execute("DROP TRIGGER add_up_update ON ketu.bank")
    for name in HOLDINGS:
        op.execute(f"DROP TRIGGER add_up_{name} ON ketu.account_holder")
    op.execute("DROP TRIGGER add_up_update ON ketu.account")
    op.execute("DROP FUNCTION ketu.add_up_bank, ketu.add_up_holdings, ketu.add_up_accounts, ketu.add_up_aum")
    _keep("")
    op.execute(KEEP_HISTORY.format(but=""))
    op.execute("DROP INDEX ketu.customer_aum_id_idx")
    op.drop_column("customer", "aum", schema="ketu")


def _keep(but: str) -> None:
    for operation, (side, when) in KEEPS.items():
        op.execute(
            f"CREATE OR REPLACE TRIGGER keep_{operation} AFTER {operation.upper()} ON ketu.customer "
            f"REFERENCING {side} TABLE AS changed FOR EACH STATEMENT {when.format(changes=CHANGES)}"
            f"EXECUTE FUNCTION ketu.keep_history({but})"
        )
