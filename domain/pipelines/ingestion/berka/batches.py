"""The record of deliveries: which one is current, how many rows each file had, and which were rejected."""

from collections.abc import Iterable
from datetime import date

import asyncpg

from domain.pipelines.ingestion.berka.staging import REFUSED, FileCount
from domain.pipelines.ingestion.berka.store import SOURCE


async def is_known_source(connection: asyncpg.Connection) -> bool:
    """Whether any delivery of this source was ever loaded."""
    return bool(await connection.fetchval("SELECT EXISTS (SELECT FROM staging.source_batch WHERE source = $1)", SOURCE))


async def counts_if_current(connection: asyncpg.Connection, content_hash: str) -> list[FileCount] | None:
    """The counts of a delivery that the database holds as the newest; None for any other."""
    batch = await connection.fetchval(
        "SELECT id FROM staging.source_batch WHERE source = $1 AND content_hash = $2 AND is_current",
        SOURCE,
        content_hash,
    )
    if batch is None:
        return None
    counts = await connection.fetch(
        "SELECT file, read_count, stored_count, rejected_count FROM staging.file_count "
        "WHERE source_batch_id = $1 ORDER BY id",
        batch,
    )
    return [FileCount(*count) for count in counts]


async def record(
    connection: asyncpg.Connection, content_hash: str, counts: Iterable[FileCount], *, as_of: date
) -> None:
    """reads berka_refused; writes source_batch, file_count, rejected_row.

    A delivery that comes back was recorded before.
    """
    await connection.execute(
        "UPDATE staging.source_batch SET is_current = false WHERE source = $1 AND is_current", SOURCE
    )
    returned = await connection.fetchval(
        "UPDATE staging.source_batch SET is_current = true WHERE source = $1 AND content_hash = $2 RETURNING id",
        SOURCE,
        content_hash,
    )
    if returned is not None:
        return
    batch = await connection.fetchval(
        "INSERT INTO staging.source_batch (source, content_hash, as_of_date) VALUES ($1, $2, $3) RETURNING id",
        SOURCE,
        content_hash,
        as_of,
    )
    await connection.executemany(
        "INSERT INTO staging.file_count (source_batch_id, file, read_count, stored_count, rejected_count) "
        "VALUES ($1, $2, $3, $4, $5)",
        [(batch, count.file, count.read, count.stored, count.rejected) for count in counts],
    )
    await connection.execute(
        "INSERT INTO staging.rejected_row (source_batch_id, file, line_number, reason, content_cipher) "
        f"SELECT $1, file, line_number, reason, content_cipher FROM {REFUSED} ORDER BY file, line_number",
        batch,
    )
