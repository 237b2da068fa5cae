"""Puts the rows of a file into its temporary table and the refused ones, sealed, beside it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

import asyncpg

from domain.pipelines.ingestion.berka.delivery import Source, lines
from domain.pipelines.ingestion.berka.layout import FILES, Column, File
from domain.pipelines.ingestion.berka.rows import Keys, Refused, Taken, rows
from domain.shared.cipher import KeyRing
from domain.shared.identifier import IdentifierKind

CHUNK_ROWS = 20_000
REFUSED = "berka_refused"


@dataclass(frozen=True, slots=True)
class FileCount:
    """What became of a file's rows: read = stored + rejected."""

    file: str
    read: int
    stored: int
    rejected: int

    def as_json(self) -> dict[str, Any]:
        """The count as scripts read it."""
        return asdict(self)


async def create_tables(connection: asyncpg.Connection) -> None:
    """Temporary tables that end with the transaction; no personal value stands in them unsealed."""
    for file in FILES:
        columns = ["line_number int", *(f"{name} {kind}" for column in file.columns for name, kind in _stored(column))]
        await connection.execute(f"CREATE TEMP TABLE {file.staging_table} ({', '.join(columns)}) ON COMMIT DROP")
    await connection.execute(
        f"CREATE TEMP TABLE {REFUSED} (file text, line_number int, reason text, content_cipher bytea) ON COMMIT DROP"
    )


async def stage(
    connection: asyncpg.Connection,
    source: Source,
    *,
    keys: Keys,
    key_ring: KeyRing,
    on_progress: Callable[[str], None],
) -> FileCount:
    """Stage one file, a chunk of rows at a time. Raises LoadRefused."""
    file = source.file
    names = ["line_number", *(name for column in file.columns for name, _ in _stored(column))]
    record = _recorder(file, key_ring)
    stored = rejected = 0
    for chunk in _chunks(rows(file, lines(source), keys)):
        taken = [record(row) for row in chunk if isinstance(row, Taken)]
        refused = [
            (source.name, row.line_number, row.reason, key_ring.seal(IdentifierKind.SOURCE_ROW, row.line))
            for row in chunk
            if isinstance(row, Refused)
        ]
        await connection.copy_records_to_table(file.staging_table, columns=names, records=taken)
        if refused:
            await connection.copy_records_to_table(REFUSED, records=refused)
        stored, rejected = stored + len(taken), rejected + len(refused)
        on_progress(f"{source.name}: {stored + rejected:,} rows read")
    await connection.execute(f"ANALYZE {file.staging_table}")
    return FileCount(source.name, stored + rejected, stored, rejected)


def _stored(column: Column) -> list[tuple[str, str]]:
    """The columns that a column takes in its table, with their types."""
    if not column.sealed:
        return [(column.name, column.sql_type)]
    types = {"masked": "text", "blind_index": "bytea", "last4": "text", "cipher": "bytea"}
    return [(f"{column.name}_{part}", kind) for part, kind in types.items()]


def _recorder(file: File, key_ring: KeyRing) -> Callable[[Taken], tuple[Any, ...]]:
    """What makes a record of the staging table from a row."""

    # A partner's account occurs in many rows; the same value may as well be the same cipher text.
    @lru_cache(maxsize=65_536)
    def sealed(kind: IdentifierKind, value: str | None) -> tuple[Any, ...]:
        columns = key_ring.sealed("value", kind, value)
        return tuple(columns[f"value_{part}"] for part in ("masked", "blind_index", "last4", "cipher"))

    place = next((place for place, column in enumerate(file.columns) if column.sealed), None)
    if place is None:
        return lambda row: (row.line_number, *row.values)
    kind = file.columns[place].sealed
    assert kind is not None

    def record(row: Taken) -> tuple[Any, ...]:
        values = row.values
        return (row.line_number, *values[:place], *sealed(kind, values[place]), *values[place + 1 :])

    return record


def _chunks(all_rows: Iterable[Taken | Refused]) -> Iterator[list[Taken | Refused]]:
    iterator = iter(all_rows)
    while chunk := list(islice(iterator, CHUNK_ROWS)):
        yield chunk
