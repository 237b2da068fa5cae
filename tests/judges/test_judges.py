"""Thousands of random operations: compiled, batched and naive evaluation answer alike."""

import asyncio
from collections.abc import Iterator
from random import Random

import asyncpg
import pytest

from api import scratch
from api.postgres import Server
from domain.shared.database import connect
from tests.judges import data
from tests.judges.court import Counts, Court, new_engine

SEED = 20261031
SESSIONS = 5
"""Each with a seed of its own, so that they can be held side by side."""
OPERATIONS = 400


@pytest.fixture(scope="module")
def bank_url(postgres_server: Server, migrated_template: str) -> Iterator[str]:
    """A database with the judges' bank."""
    with scratch.database(postgres_server, template=migrated_template) as url:
        asyncio.run(data.load(url, Random(SEED)))
        yield url


@pytest.mark.parametrize("session", range(SESSIONS))
def test_compiled_batched_and_naive_agree(session: int, bank_url: str) -> None:
    """A difference raises, with all that it takes to see it again; at least half of the answers hold a row."""
    counts = asyncio.run(hold(bank_url, SEED + session, OPERATIONS))
    assert counts.operations >= OPERATIONS
    assert counts.share_with_rows >= 0.5


async def hold(url: str, seed: int, operations: int) -> Counts:
    """One session of the court."""
    connection = await asyncpg.connect(url)
    world = await data.read(connection)
    await connection.close()
    database = await connect(url, pool_size=2, statement_timeout_ms=20_000)
    try:
        return await Court(new_engine(), database, world, seed=seed, batched=True).sit(operations)
    finally:
        await database.close()
