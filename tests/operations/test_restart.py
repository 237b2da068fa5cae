"""A database that goes away and comes back under a running API, as when it is upgraded or its machine fails."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import asyncpg
import psutil
import pytest
from factories.api import OK, Api, error_of, serving, settings
from factories.bank import RUNNING, SLOW, load_bank, opened, slow_down, until

from api import migration, postgres
from api.postgres import Server

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("one_schema_per_process")]

AWAY = (503, "UNAVAILABLE")


async def readiness(api: Api) -> tuple[int, str]:
    """What /readyz says; /healthz is about the process alone."""
    assert (await api.client.get("/healthz")).status_code == 200
    answer = await api.client.get("/readyz")
    return answer.status_code, answer.text


def kill(server: Server, _held: ExitStack) -> None:
    """As when the machine runs out of memory."""
    psutil.Process(server.pid).kill()


def stop(_server: Server, held: ExitStack) -> None:
    """As for an upgrade."""
    held.close()


@pytest.mark.parametrize("end", [stop, kill])
async def test_queries_fail_well_while_it_is_away_and_are_answered_when_it_is_back(
    data: Path, tmp_path: Path, end: Callable[[Server, ExitStack], None]
) -> None:
    with ExitStack() as held:
        server = held.enter_context(postgres.held(data))
        chosen = settings(server.url(), tmp_path)
        await asyncio.to_thread(migration.upgrade, chosen)
        await load_bank(server.url())
        async with opened(server.url()) as bank:
            await slow_down(bank)
        async with serving(chosen) as api:
            assert await readiness(api) == (200, "ready\n")
            assert (await api.post()).json()["data"] == {"viewer": {"username": "analyst"}}
            under_way = asyncio.create_task(api.post(SLOW))
            await until_running(server.url())

            await asyncio.to_thread(end, server, held)

            assert error_of(await under_way)[:2] == AWAY
            assert error_of(await api.post("{ products { totalCount } }"))[:2] == AWAY
            # Who asks is forgotten after a second, and cannot be looked up either.
            await asyncio.sleep(1.1)
            lost = await api.post(OK)
            assert error_of(lost)[:2] == AWAY
            assert lost.headers["retry-after"] == "1"
            assert await readiness(api) == (503, "the database cannot be reached\n")

            again = await asyncio.to_thread(held.enter_context, postgres.held(data))

            assert (again.url(), again.was_running) == (server.url(), False)
            assert (await api.post("{ products { totalCount } }")).json()["data"] == {"products": {"totalCount": "13"}}
            assert await readiness(api) == (200, "ready\n")


async def until_running(url: str) -> None:
    """The slow query has reached the database."""
    watcher = await asyncpg.connect(url)
    try:
        await until(lambda: watcher.fetchval(RUNNING), 1)
    finally:
        await watcher.close()
