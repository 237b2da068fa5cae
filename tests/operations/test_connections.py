"""Connections that are lent out: used again, mended, waited for."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import asyncpg
import pytest

from api import scratch
from api.postgres import Server
from domain.shared import turns
from domain.shared.connections import Connections
from resolvers.engine.execute import DATABASE_ERRORS

pytestmark = pytest.mark.anyio

BACKEND = "SELECT pg_backend_pid()"
SIZE = 2


@pytest.fixture(scope="module")
def url(postgres_server: Server, migrated_template: str) -> Iterator[str]:
    with scratch.database(postgres_server, template=migrated_template) as url:
        yield url


@pytest.fixture
async def connections(url: str) -> AsyncIterator[Connections]:
    found = Connections(await asyncpg.create_pool(url, min_size=0, max_size=SIZE))
    yield found
    await found.close()


async def backend(connections: Connections) -> int:
    """The process that serves the next one who asks."""
    async with connections.lent() as connection:
        return await connection.fetchval(BACKEND)


async def in_use(url: str) -> list[Any]:
    """Processes of other connections to the database."""
    connection = await asyncpg.connect(url)
    try:
        query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        return [row["pid"] for row in await connection.fetch(query)]
    finally:
        await connection.close()


async def killed_meanwhile(connections: Connections, killer: asyncpg.Connection) -> None:
    """A statement whose connection is ended under it."""
    async with connections.lent() as connection:
        await killer.execute("SELECT pg_terminate_backend($1)", await connection.fetchval(BACKEND))
        await connection.fetchval("SELECT pg_sleep(10)")


async def left_open(connections: Connections) -> None:
    """A transaction that nobody ends."""
    async with connections.lent() as connection:
        await connection.execute("BEGIN; CREATE TABLE left_open ()")
        raise ZeroDivisionError


async def test_the_last_one_back_is_the_first_one_out(connections: Connections):
    first = await backend(connections)
    assert [await backend(connections) for _ in range(3)] == [first] * 3


async def test_a_connection_that_was_lost_is_replaced(connections: Connections, url: str):
    first = await backend(connections)
    killer = await asyncpg.connect(url)
    await killer.execute("SELECT pg_terminate_backend($1)", first)
    await killer.close()
    while first in await in_use(url):
        await asyncio.sleep(0.01)
    assert await backend(connections) != first
    async with asyncio.TaskGroup() as group:
        for _ in range(20):
            group.create_task(backend(connections))


async def test_one_that_is_lost_while_it_is_lent_out_makes_room(connections: Connections, url: str):
    killer = await asyncpg.connect(url)
    for _ in range(SIZE + 1):
        with pytest.raises(DATABASE_ERRORS):
            await killed_meanwhile(connections, killer)
    await killer.close()
    assert await backend(connections)


async def test_a_statement_that_was_cancelled_runs_for_nobody_else(connections: Connections):
    async def slow() -> None:
        async with connections.lent() as connection:
            await connection.execute("SELECT pg_sleep(10)")

    for _ in range(SIZE + 1):
        task = asyncio.create_task(slow())
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    async with asyncio.timeout(5):
        for _ in range(SIZE + 1):
            await backend(connections)


async def test_a_transaction_that_was_left_open_is_not_handed_on(connections: Connections):
    with pytest.raises(ZeroDivisionError):
        await left_open(connections)
    async with connections.lent() as connection:
        assert await connection.fetchval("SELECT to_regclass('left_open')") is None


async def test_nobody_waits_for_ever(url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(turns, "SECONDS_TO_WAIT", 0.05)
    connections = Connections(await asyncpg.create_pool(url, min_size=0, max_size=SIZE))
    async with connections.lent(), connections.lent():
        with pytest.raises(TimeoutError):
            await backend(connections)
    assert await backend(connections)
    await connections.close()


async def test_closing_waits_for_what_is_lent_out(url: str):
    connections = Connections(await asyncpg.create_pool(url, min_size=0, max_size=SIZE))
    answered = asyncio.Event()

    async def slow() -> None:
        async with connections.lent() as connection:
            await connection.execute("SELECT pg_sleep(0.2)")
            answered.set()

    task = asyncio.create_task(slow())
    await asyncio.sleep(0.05)
    await connections.close()
    assert answered.is_set()
    await task
