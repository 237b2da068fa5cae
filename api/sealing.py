"""Seals the access log while the API runs; of several processes one does it at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

from domain.audit.seal import Head, seal_pending
from domain.shared.database import Database

SECONDS_BETWEEN = 5
HEAD = "audit.head"
"""Name of the file, beside the key ring, that holds the last link of the chain."""

log = structlog.get_logger()


def head_of(key_ring: Path) -> Path:
    """Where the head of the chain is kept."""
    return key_ring.with_name(HEAD)


@asynccontextmanager
async def sealing(database: Database, key: bytes, head: Path) -> AsyncIterator[None]:
    """Seal what is complete every few seconds, as long as the block runs, and once more at its end."""
    stopping = asyncio.Event()

    async def seal() -> None:
        while not stopping.is_set():
            try:
                async with asyncio.timeout(SECONDS_BETWEEN):
                    await stopping.wait()
            except TimeoutError:
                pass
            try:
                await seal_once(database, key, head)
            except Exception:
                # The entries are there, and the next round seals them.
                log.exception("audit.not_sealed")

    task = asyncio.create_task(seal())
    try:
        yield
    finally:
        stopping.set()
        await task


async def seal_once(database: Database, key: bytes, path: Path) -> Head | None:
    """Seal what is complete, and keep the head."""
    async with database.beside() as connection:
        head = await seal_pending(connection, key)
    if head is not None:
        await asyncio.to_thread(head.save, path)
    return head
