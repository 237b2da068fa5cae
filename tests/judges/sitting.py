"""The judges' bank, opened: its database, and all of its rows in memory."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from domain.shared.database import Database, connect
from tests.judges import data
from tests.judges.language import World


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[tuple[Database, World]]:
    """A database that `data.load` has filled."""
    # Statements are made of many small objects; looking through schema and world for each generation of them is waste.
    # What an earlier session left goes first: frozen, it would stay.
    usual = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    database = await connect(url, pool_size=2, statement_timeout_ms=20_000)
    try:
        async with database.read() as connection:
            world = await data.read(connection)
        yield database, world
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
        await database.close()
