"""Brings a table to what a delivery says: what differs is updated, what is new inserted, all else left untouched."""

from datetime import date

import asyncpg
import sqlalchemy as sa

SOURCE = "berka"


async def store(
    connection: asyncpg.Connection, table: sa.Table, delivered: str, *, columns: tuple[str, ...], as_of: date
) -> None:
    """Update and insert rows of `table` by source key. What the delivery leaves out stays as it is.

    delivered  a SELECT of `ordinal`, `source_key` and `columns`; new rows get their ids in order of `ordinal`
    columns    an encrypted group is named by its beginning and `_*`

    An insert after an update, rather than ON CONFLICT, neither locks rows that stay nor uses up ids for them.
    """
    names = [name for column in columns for name in _group(column)]
    # The same value has another cipher text each time it is sealed; its blind index tells whether it changed.
    compared = [name for name in names if not name.endswith("_cipher")]
    updated = await connection.execute(
        f"""
        UPDATE {table.fullname} AS stored
        SET ({_list(names)}, as_of_date) = ROW({_list(names, "delivered")}, '{as_of}'::date)
        FROM ({delivered}) AS delivered
        WHERE stored.source = '{SOURCE}' AND stored.source_key = delivered.source_key
          AND ROW({_list(compared, "stored")}) IS DISTINCT FROM ROW({_list(compared, "delivered")})
        """
    )
    inserted = await connection.execute(
        f"""
        INSERT INTO {table.fullname} ({_list(names)}, source, source_key, as_of_date)
        SELECT {_list(names, "delivered")}, '{SOURCE}', delivered.source_key, '{as_of}'::date
        FROM ({delivered}) AS delivered
        WHERE NOT EXISTS (SELECT FROM {table.fullname} AS stored
                          WHERE stored.source = '{SOURCE}' AND stored.source_key = delivered.source_key)
        ORDER BY delivered.ordinal
        """
    )
    if (updated, inserted) != ("UPDATE 0", "INSERT 0 0"):
        # The next steps join this table, and without statistics they would be planned for an empty one.
        await connection.execute(f"ANALYZE {table.fullname}")


async def remove_others(connection: asyncpg.Connection, table: sa.Table, delivered: str) -> None:
    """Delete the rows of this source whose key `delivered` does not select: for what we derive, never for facts."""
    await connection.execute(
        f"""
        DELETE FROM {table.fullname} AS stored WHERE source = '{SOURCE}'
          AND NOT EXISTS (SELECT FROM ({delivered}) AS delivered WHERE delivered.source_key = stored.source_key)
        """
    )


def _group(column: str) -> list[str]:
    if not column.endswith("_*"):
        return [column]
    return [column.removesuffix("*") + part for part in ("masked", "blind_index", "last4", "cipher")]


def _list(names: list[str], of: str = "") -> str:
    return ", ".join(f"{of}.{name}" if of else name for name in names)
