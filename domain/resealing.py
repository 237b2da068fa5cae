"""Turning the key ring: a new key seals from now on, a job seals old rows with it, and then the old keys go.

The job may be stopped at any moment and begun again: it looks for what is not sealed with the current key, in batches
of a transaction each, and readers open both. Keys are dropped once nothing is sealed with them and nobody can be about
to store such a thing (`domain.shared.keys`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from domain.audit.log import Actor, Event, record
from domain.audit.model import EventKind
from domain.shared.cipher import AES, KEY_ID_BYTES, KeyRing
from domain.shared.identifier import IdentifierKind
from domain.shared.keys import SEALING
from domain.tables import metadata

BATCH = 1_000
TURNING = 0x7475726E
"""Key of the advisory lock under which the file of the ring is changed ("turn" in ASCII)."""
CONCEPT = "key_ring"

Progress = Callable[[str, int, int], None]
"""(table and column, rows sealed anew so far, rows in all)"""


@dataclass(frozen=True)
class SealedColumn:
    """A column of cipher texts."""

    table: str
    key: str
    """The column that tells its rows apart: a whole number."""
    column: str
    kind: IdentifierKind | None
    """What all are sealed as; None where `kind_column` says it row by row."""
    kind_column: str | None

    def kind_of(self, row: Any) -> IdentifierKind:
        """What a row's value is sealed as."""
        return self.kind or IdentifierKind[row["kind"]]

    @property
    def old(self) -> str:
        """The condition that a row is sealed with another key than $1."""
        return f"substring({self.column} FROM 1 FOR {KEY_ID_BYTES}) <> $1"


def _column(column: sa.Column[Any]) -> SealedColumn:
    (key,) = column.table.primary_key.columns
    kind = column.info["sealed"]
    is_fixed = isinstance(kind, IdentifierKind)
    return SealedColumn(
        column.table.fullname, key.name, column.name, kind if is_fixed else None, None if is_fixed else kind
    )


COLUMNS = [_column(column) for table in metadata.sorted_tables for column in table.columns if "sealed" in column.info]
"""Everything that is sealed."""


async def turn(connection: Any, path: Path, *, algorithm: str = AES) -> KeyRing:
    """Put a ring with a new key into the file, within the caller's transaction; the older keys still open."""
    await connection.execute("SELECT pg_advisory_xact_lock($1)", TURNING)
    ring = KeyRing.load(path).with_new_key(algorithm)
    details = {"key": ring.current, "algorithm": algorithm}
    await record(connection, Actor(), Event(EventKind.CHANGE, "key_ring.turn", CONCEPT, details=details))
    ring.replace(path)
    return ring


async def reseal(connection: Any, path: Path, *, on_progress: Progress) -> int:
    """Seal with the current key what older ones sealed; how many rows. The connection is in no transaction."""
    count = 0
    ring = KeyRing.load(path)
    for column in COLUMNS:
        count += await _resealed(connection, ring, column, on_progress)
    return count


async def drop_unused(connection: Any, path: Path, *, on_wait: Callable[[], None]) -> list[str]:
    """Seal what was stored meanwhile and take the older keys out of the file; their ids.

    Waits for everybody who seals, and keeps others waiting, for as long as the search for leftovers takes.
    """
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", TURNING)
        if not await connection.fetchval("SELECT pg_try_advisory_xact_lock($1)", SEALING):
            on_wait()
            await connection.execute("SELECT pg_advisory_xact_lock($1)", SEALING)
        ring = KeyRing.load(path)
        dropped = [key_id for key_id in ring.keys if key_id != ring.current]
        if not dropped:
            return []
        for column in COLUMNS:
            await _resealed(connection, ring, column, lambda *_: None)
        # In one statement, so that nothing moves from a column not yet looked at into one that was.
        leftover = " OR ".join(f"EXISTS (SELECT FROM {each.table} WHERE {each.old})" for each in COLUMNS)
        assert not await connection.fetchval(f"SELECT {leftover}", bytes.fromhex(ring.current))
        event = Event(EventKind.CHANGE, "key_ring.drop", CONCEPT, details={"keys": dropped})
        await record(connection, Actor(), event)
        ring.with_current_alone().replace(path)
        return dropped


async def _resealed(connection: Any, ring: KeyRing, column: SealedColumn, on_progress: Progress) -> int:
    current = bytes.fromhex(ring.current)
    # Names come from our own declarations, never from outside.
    total = await connection.fetchval(f"SELECT count(*) FROM {column.table} WHERE {column.old}", current)  # noqa: S608
    count, after, name = 0, None, f"{column.table}.{column.column}"
    while count < total:
        async with connection.transaction():
            rows = await connection.fetch(
                f"SELECT {column.key} AS key, {column.column} AS cipher, {column.kind_column or 'NULL'} AS kind "  # noqa: S608
                f"FROM {column.table} WHERE {column.old} AND ($2::bigint IS NULL OR {column.key} > $2) "
                f"ORDER BY {column.key} LIMIT {BATCH} FOR NO KEY UPDATE",
                current, after,
            )  # fmt: skip
            if not rows:
                break
            await _store(connection, ring, column, rows)
        count, after = count + len(rows), rows[-1]["key"]
        on_progress(name, count, max(count, total))
    return count


async def _store(connection: Any, ring: KeyRing, column: SealedColumn, rows: list[Any]) -> None:
    fresh = [ring.seal(kind, ring.open(kind, row["cipher"])) for row in rows for kind in [column.kind_of(row)]]
    # What a row says has not changed, so its version stays.
    await connection.execute("SET LOCAL ketu.resealing = 'on'")
    await connection.execute(
        f"UPDATE {column.table} SET {column.column} = fresh.cipher FROM unnest($1::bigint[], $2::bytea[]) "  # noqa: S608
        f"AS fresh (key, cipher) WHERE {column.table}.{column.key} = fresh.key",
        [row["key"] for row in rows], fresh,
    )  # fmt: skip
