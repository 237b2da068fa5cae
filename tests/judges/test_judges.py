"""Thousands of random operations: the engine's answers are those of the naive evaluator."""

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
OPERATIONS = 400


@pytest.fixture(scope="module")
def bank_url(postgres_server: Server, migrated_template: str) -> Iterator[str]:
    """A database with the judges' bank."""
    with scratch.database(postgres_server, template=migrated_template) as url:
        asyncio.run(data.load(url, Random(SEED)))
        yield url


@pytest.fixture(scope="module")
def session(bank_url: str) -> Counts:
    """What a session came to in which the engine and the evaluator never differed."""
    return asyncio.run(hold(bank_url, SEED, OPERATIONS))


def test_the_engine_and_the_evaluator_agree(session: Counts) -> None:
    assert session.operations >= OPERATIONS


def test_at_least_half_of_the_answers_hold_a_row(session: Counts) -> None:
    assert session.share_with_rows >= 0.5


async def hold(url: str, seed: int, operations: int) -> Counts:
    """One session of the court."""
    connection = await asyncpg.connect(url)
    world = await data.read(connection)
    await connection.close()
    database = await connect(url, pool_size=2, statement_timeout_ms=20_000)
    try:
        return await Court(new_engine(), database, world, seed=seed, batched=False).sit(operations)
    finally:
        await database.close()
