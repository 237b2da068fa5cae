"""A process that is asked to end while a client waits for an answer."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import asyncpg
import httpx
import pytest
from factories.api import error_of, signed_in
from factories.bank import until
from factories.served import Served, served

pytestmark = pytest.mark.anyio

SLOW = "{ products { totalCount } }"
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
IN_ORDER, AT_ONCE = 0, 130
CUT_OFF = (503, "UNAVAILABLE")


@asynccontextmanager
async def held_up(url: str) -> AsyncIterator[asyncpg.Connection]:
    """Whoever reads products waits until this ends; yields a connection that may look on."""
    holder, watcher = await asyncpg.connect(url), await asyncpg.connect(url)
    try:
        await holder.execute("BEGIN; LOCK TABLE ketu.product IN ACCESS EXCLUSIVE MODE")
        yield watcher
    finally:
        await holder.close()
        await watcher.close()


async def asked(server: Served) -> httpx.Response:
    """The slow query, on a connection of its own."""
    async with httpx.AsyncClient(base_url=server.address, timeout=30, trust_env=False) as client:
        return await client.post("/graphql", json={"query": SLOW}, headers=signed_in("analyst"))


async def refuses(server: Served) -> bool:
    """Whether nobody listens any more."""
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", server.port)
    except ConnectionRefusedError:
        return True
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()
    return False


async def ended(server: Served) -> int:
    """Its exit status."""
    return await asyncio.to_thread(server.process.wait, 30)


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
async def test_who_is_under_way_is_answered_and_nobody_else_is_let_in(
    own_sample_url: str, tmp_path: Path, by: signal.Signals
) -> None:
    with served(own_sample_url, tmp_path) as server:
        async with held_up(own_sample_url) as watcher:
            under_way = asyncio.create_task(asked(server))
            await until(lambda: watcher.fetchval(WAITING), 1)

            server.process.send_signal(by)
            await until(lambda: refuses(server), True)

            assert not under_way.done()
            assert server.process.poll() is None
        answer = await under_way
        assert (answer.status_code, answer.json()["data"]) == (200, {"products": {"totalCount": "13"}})
        assert await ended(server) == IN_ORDER
    assert "Traceback" not in server.said


async def test_asked_twice_it_ends_at_once(own_sample_url: str, tmp_path: Path) -> None:
    with served(own_sample_url, tmp_path) as server:
        async with held_up(own_sample_url) as watcher:
            under_way = asyncio.create_task(asked(server))
            await until(lambda: watcher.fetchval(WAITING), 1)
            server.process.send_signal(signal.SIGTERM)
            await until(lambda: refuses(server), True)

            server.process.send_signal(signal.SIGTERM)

            # Nothing has let the request go on.
            assert await ended(server) == AT_ONCE
            assert error_of(await under_way)[:2] == CUT_OFF


async def test_a_client_that_could_wait_for_ever_does_not_keep_it(own_sample_url: str, tmp_path: Path) -> None:
    with served(own_sample_url, tmp_path) as server:
        async with held_up(own_sample_url) as watcher:
            under_way = asyncio.create_task(asked(server))
            await until(lambda: watcher.fetchval(WAITING), 1)

            server.process.send_signal(signal.SIGTERM)

            assert await ended(server) == IN_ORDER
            assert error_of(await under_way)[:2] == CUT_OFF
            # Its statement does not go on for nobody.
            await until(lambda: watcher.fetchval(WAITING), 0)
    assert "Traceback" not in server.said
