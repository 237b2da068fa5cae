"""Transactions, and the closing balance of every account and day with transactions."""

from datetime import date

import asyncpg

from domain.pipelines.ingestion.berka.contracts import ACCOUNT, CURRENCY
from domain.pipelines.ingestion.berka.store import SOURCE, store
from domain.tables import transaction


async def close_days(connection: asyncpg.Connection) -> None:
    """reads berka_trans, transaction; writes berka_closing.

    A day closes with its last transaction in the order of the file. What an earlier delivery held and this one does
    not comes before, as it would in a longer file.
    """
    await connection.execute(
        f"""
        CREATE TEMP TABLE berka_closing ON COMMIT DROP AS
        SELECT DISTINCT ON (account_id, closed_on) account_id, closed_on, amount
        FROM (
            SELECT account_id, booked_on AS closed_on, balance_after AS amount, line_number, NULL::bigint AS id
            FROM berka_trans
            UNION ALL
            SELECT account.account_id, stored.booked_on, stored.balance_after, NULL, stored.id
            FROM ketu.transaction AS stored JOIN ({ACCOUNT}) AS account ON account.id = stored.account_id
            WHERE stored.source = '{SOURCE}'
              AND NOT EXISTS (SELECT FROM berka_trans WHERE berka_trans.trans_id::text = stored.source_key)
        ) AS movement
        ORDER BY account_id, closed_on, line_number DESC NULLS LAST, id DESC
        """
    )
    await connection.execute("ANALYZE berka_closing")


async def store_movements(connection: asyncpg.Connection, *, as_of: date) -> None:
    """reads berka_trans, berka_closing, account; writes transaction, balance."""
    await store(
        connection,
        transaction,
        f"""
        SELECT trans.line_number AS ordinal, trans.trans_id::text AS source_key, account.id AS account_id,
               trans.booked_on, trans.direction, trans.operation, trans.purpose, trans.amount, trans.balance_after,
               '{CURRENCY}' AS currency, trans.counterparty_bank, trans.counterparty_account_masked,
               trans.counterparty_account_blind_index, trans.counterparty_account_last4,
               trans.counterparty_account_cipher
        FROM berka_trans AS trans JOIN ({ACCOUNT}) AS account USING (account_id)
        """,
        columns=(
            "account_id", "booked_on", "direction", "operation", "purpose", "amount", "balance_after", "currency",
            "counterparty_bank", "counterparty_account_*",
        ),
        as_of=as_of,
    )  # fmt: skip
    closing = (
        f"SELECT account.id, closing.* FROM berka_closing AS closing JOIN ({ACCOUNT}) AS account USING (account_id)"
    )
    await connection.execute(
        f"""
        DELETE FROM ketu.balance AS stored WHERE NOT EXISTS (
            SELECT FROM ({closing}) AS closing
            WHERE closing.id = stored.account_id AND closing.closed_on = stored.closed_on)
        """
    )
    await connection.execute(
        f"""
        UPDATE ketu.balance AS stored SET amount = closing.amount FROM ({closing}) AS closing
        WHERE closing.id = stored.account_id AND closing.closed_on = stored.closed_on
          AND closing.amount <> stored.amount
        """
    )
    await connection.execute(
        f"""
        INSERT INTO ketu.balance (account_id, closed_on, amount, currency)
        SELECT closing.id, closing.closed_on, closing.amount, '{CURRENCY}' FROM ({closing}) AS closing
        WHERE NOT EXISTS (
            SELECT FROM ketu.balance AS stored
            WHERE stored.account_id = closing.id AND stored.closed_on = closing.closed_on)
        ORDER BY closing.id, closing.closed_on
        """
    )
    await connection.execute("ANALYZE ketu.balance")
