"""Turning the key ring: a new key seals from now on, a job seals old rows with it, and then the old keys go.

The job may be stopped at any moment and begun again: it looks for what is not sealed with the current key, in batches
of a transaction each, and readers open both. Keys are dropped once nothing is sealed with them and nobody can be about
to store such a thing (`domain.shared.keys`).
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from domain.audit.log import Actor, Event, record
from domain.audit.model import EventKind
from domain.shared.algorithm import AES
from domain.shared.cipher import KEY_ID_BYTES, CipherError, KeyRing
from domain.shared.identifier import IdentifierKind
from domain.shared.keys import SEALING
from domain.tables import metadata

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
    batch: int
    """How many are sealed anew in one transaction."""

    def kind_of(self, row: Any) -> IdentifierKind:
        """What a row's value is sealed as."""
        return self.kind or IdentifierKind[row["kind"]]

    # Names come from our own declarations, never from outside.

    @property
    def old(self) -> str:
        """The condition that a row is sealed with another key than $1."""
        return f"substring({self.column} FROM 1 FOR {KEY_ID_BYTES}) <> $1"

    @property
    def count(self) -> str:
        """How many such rows there are."""
        return f"SELECT count(*) FROM {self.table} WHERE {self.old}"  # noqa: S608

    @property
    def next(self) -> str:
        """The next such rows after the one of key $2, locked."""
        return f"""
            SELECT {self.key} AS key, {self.column} AS cipher, {self.kind_column or "NULL"} AS kind FROM {self.table}
            WHERE {self.old} AND ($2::bigint IS NULL OR {self.key} > $2)
            ORDER BY {self.key} LIMIT {self.batch} FOR NO KEY UPDATE
        """  # noqa: S608

    @property
    def store(self) -> str:
        """Put cipher texts ($2) into rows ($1)."""
        return f"""
            UPDATE {self.table} SET {self.column} = fresh.cipher
            FROM unnest($1::bigint[], $2::bytea[]) AS fresh (key, cipher) WHERE {self.table}.{self.key} = fresh.key
        """  # noqa: S608


def _column(column: sa.Column[Any]) -> SealedColumn:
    (key,) = column.table.primary_key.columns
    kind = column.info["sealed"]
    is_fixed = isinstance(kind, IdentifierKind)
    return SealedColumn(
        column.table.fullname,
        key.name,
        column.name,
        kind if is_fixed else None,
        None if is_fixed else kind,
        column.info["batch"],
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

    Waits for everybody who seals, and keeps others waiting, for as long as the search for leftovers takes. The
    connection is in no transaction: what is sealed anew has to be committed before the file forgets a key.

    raises CipherError  where something is sealed with an older key all the same
    """
    async with _held(connection, TURNING), _held(connection, SEALING, on_wait):
        ring = KeyRing.load(path)
        dropped = [key_id for key_id in ring.keys if key_id != ring.current]
        if not dropped:
            return []
        for column in COLUMNS:
            await _resealed(connection, ring, column, lambda *_: None)
        # In one statement, so that nothing moves from a column not yet looked at into one that was.
        leftover = " OR ".join(f"EXISTS (SELECT FROM {each.table} WHERE {each.old})" for each in COLUMNS)
        if await connection.fetchval(f"SELECT {leftover}", bytes.fromhex(ring.current)):
            raise CipherError("something is still sealed with an older key", mend="./ketu keys reseal, once more")
        await record(connection, Actor(), Event(EventKind.CHANGE, "key_ring.drop", CONCEPT, details={"keys": dropped}))
        ring.with_current_alone().replace(path)
        return dropped


@asynccontextmanager
async def _held(connection: Any, lock: int, on_wait: Callable[[], None] = lambda: None) -> AsyncIterator[None]:
    """A lock of the whole database, for as long as the block runs and the connection lives."""
    if not await connection.fetchval("SELECT pg_try_advisory_lock($1)", lock):
        on_wait()
        await connection.execute("SELECT pg_advisory_lock($1)", lock)
    try:
        yield
    finally:
        await connection.execute("SELECT pg_advisory_unlock($1)", lock)


async def _resealed(connection: Any, ring: KeyRing, column: SealedColumn, on_progress: Progress) -> int:
    current = bytes.fromhex(ring.current)
    total = await connection.fetchval(column.count, current)
    count, after, name = 0, None, f"{column.table}.{column.column}"
    while count < total:
        async with connection.transaction():
            rows = await connection.fetch(column.next, current, after)
            if not rows:
                break
            await _store(connection, ring, column, rows)
        count, after = count + len(rows), rows[-1]["key"]
        on_progress(name, count, max(count, total))
    return count


async def _store(connection: Any, ring: KeyRing, column: SealedColumn, rows: list[Any]) -> None:
    fresh = [
        ring.seal_bytes(kind, ring.open_bytes(kind, row["cipher"])) for row in rows for kind in [column.kind_of(row)]
    ]
    # What a row says has not changed, so its version stays.
    await connection.execute("SET LOCAL ketu.resealing = 'on'")
    await connection.execute(column.store, [row["key"] for row in rows], fresh)
