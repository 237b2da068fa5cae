"""The judges' bank, opened: its database, and all of its rows in memory."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from domain.shared.database import Database, connect
from tests.judges import data
from tests.judges.words import World


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[tuple[Database, World]]:
    """A database that `data.load` has filled."""
    database = await connect(url, pool_size=2, statement_timeout_ms=20_000)
    try:
        async with database.read() as connection:
            world = await data.read(connection)
        yield database, world
    finally:
        await database.close()
