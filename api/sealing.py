"""Seals the access log while the API runs; of several processes one does it at a time."""

import asyncio
from pathlib import Path

from domain.audit.seal import Head, seal_pending
from domain.shared.database import Database

SECONDS_BETWEEN = 5
HEAD = "audit.head"
"""Name of the file, beside the key ring, that holds the last link of the chain."""


def head_of(key_ring: Path) -> Path:
    """Where the head of the chain is kept."""
    return key_ring.with_name(HEAD)


async def seal_once(database: Database, key: bytes, path: Path) -> Head | None:
    """Seal what is complete, and keep the head."""
    async with database.beside() as connection:
        head = await seal_pending(connection, key)
    if head is not None:
        await asyncio.to_thread(head.save, path)
    return head
