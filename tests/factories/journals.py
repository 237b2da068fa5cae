"""An engine that keeps the access log, as the API's does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg
from factories.bank import SINCE, Bank, Watched, an_engine

from api.authentication import utc_now
from domain.audit import access_log
from domain.quota.model import Quotas


@asynccontextmanager
async def logging(bank: Bank, folder: Path, *, database: Any = None, waits: bool = True) -> AsyncIterator[Bank]:
    """The bank with an engine that logs.

    folder    of its journal
    database  over which entries are carried, where it is not the bank's
    waits     answers wait until their entries are in the database
    """
    async with access_log.opened(database or bank.database, folder, waits=waits, now=utc_now) as recording:
        engine = an_engine()
        engine._access_log = recording
        yield replace(bank, engine=engine)


async def entries(bank: Bank) -> list[dict[str, Any]]:
    """The log, in order."""
    connection = await asyncpg.connect(bank.url)
    try:
        return [dict(row) for row in await connection.fetch(f"SELECT * FROM audit.event WHERE {SINCE} ORDER BY id")]
    finally:
        await connection.close()


@asynccontextmanager
async def watched(bank: Bank, folder: Path, *, searches: int = 200) -> AsyncIterator[tuple[Bank, Watched]]:
    """The bank with an engine that logs, and what it sends."""
    database = Watched(bank.database)
    async with logging(replace(bank, database=database), folder) as logged:
        logged.engine.quotas = Quotas(searches=searches)
        yield logged, database
