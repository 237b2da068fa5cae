"""Opens the key ring that belongs to a database."""

from contextlib import suppress
from pathlib import Path

import asyncpg

from domain.shared.cipher import CipherError, KeyRing
from domain.shared.identifier import IdentifierKind
from domain.shared.keys import SEALING
from domain.tables import metadata


async def open_key_ring(path: Path, connection: asyncpg.Connection) -> KeyRing:
    """The ring in `path`; a fresh one, saved there, where the database holds no cipher text yet.

    None of its keys is dropped before the caller's transaction, or outside of one the connection, ends.

    raises CipherError  when the ring is missing, damaged or another's, while the database holds cipher texts
    """
    scope = "xact_" if connection.is_in_transaction() else ""
    await connection.execute(f"SELECT pg_advisory_{scope}lock_shared($1)", SEALING)
    ring = _ring_in(path, may_begin=not await holds_cipher_texts(connection))
    document = await connection.fetchrow(
        "SELECT type, number_cipher FROM ketu.identity_document WHERE number_cipher IS NOT NULL ORDER BY id LIMIT 1"
    )
    if document:
        ring.open(IdentifierKind[document["type"]], document["number_cipher"])
    return ring


def _ring_in(path: Path, *, may_begin: bool) -> KeyRing:
    if not path.exists():
        if not may_begin:
            raise CipherError(f"the key ring {path} is missing, and this database was sealed with it")
        # Where another process was first, its ring is the one to use.
        with suppress(FileExistsError):
            KeyRing.fresh().save(path)
    return KeyRing.load(path)


async def holds_cipher_texts(connection: asyncpg.Connection) -> bool:
    """Whether any column of any table holds something sealed."""
    # Names come from our own declarations, never from outside.
    exists = [
        f"EXISTS (SELECT FROM {table.fullname} WHERE {column.name} IS NOT NULL)"
        for table in metadata.sorted_tables
        for column in table.columns
        if "sealed" in column.info
    ]
    return bool(await connection.fetchval(f"SELECT {' OR '.join(exists)}"))
