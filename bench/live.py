"""What those who watch cost: memory and time of one API process with many sockets on which nothing happens, of events
that concern nobody, of one that concerns one of them, and of one that concerns all.
"""

import asyncio
import json
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import psutil
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from api.commands.token import issued
from api.live.hub import SECONDS_APART
from api.settings import Settings
from bench import servers

MINE = """subscription { myTasks { eventId kind badge: tasks { totalCount }
    tasks(first: 20) { nodes { id title dueAt state version customer { displayName } } } } }"""
USERS = "SELECT account.username, account.staff_id FROM ketu.user_account AS account WHERE is_active ORDER BY id"
TELL = """
    WITH told AS (
        INSERT INTO ketu.outbox_event (topic, concept, row_id, staff_ids)
        SELECT 'task.changed', 'task', $2::bigint, ARRAY[$1::bigint] FROM generate_series(1, $3::integer) RETURNING 1
    ) SELECT count(*), pg_notify('ketu_outbox', '') FROM told
"""
# Harmless: the task is as it was, but for its version.
TOUCH = "UPDATE ketu.task SET hand_back_reason = $2 WHERE id = $1"
SECONDS_IDLE = 20
AT_ONCE = 50
EVENTS = 5_000
TIMES = 20
MOST_SECONDS_FOR_ALL = 120


@dataclass(frozen=True)
class Watched:
    """What was measured."""

    sockets: int
    mb_before: float
    mb_with_sockets: float
    idle_cpu_percent: float
    us_per_event_for_nobody: float
    ms_until_told: float
    """Median, from the commit of a change until the one whom it concerns has the answer."""
    seconds_for_all: float
    """From a change of the state of access until each subscription was answered anew."""
    cpu_ms_per_answer_for_all: float

    @property
    def kb_per_socket(self) -> float:
        """Memory of the API process."""
        return (self.mb_with_sockets - self.mb_before) * 1000 / self.sockets


def measure(settings: Settings, sockets: int) -> Watched:
    """Begin an API process with that many sockets, each with a subscription."""
    users = asyncio.run(_fetched(settings, USERS))
    tokens = {row["username"]: issued(settings, row["username"], lifetime=timedelta(hours=1)) for row in users}
    open_to_many = replace(settings, live_clients=sockets + TIMES + 10, live_per_user=sockets + TIMES)
    with servers.api(open_to_many) as server:
        return asyncio.run(_measured(settings, tokens, server.port, psutil.Process(server.pid), sockets))


async def _fetched(settings: Settings, query: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(str(settings.database_url))
    try:
        return await connection.fetch(query)
    finally:
        await connection.close()


async def _measured(
    settings: Settings, tokens: dict[str, str], port: int, process: psutil.Process, sockets: int
) -> Watched:
    database = await asyncpg.connect(str(settings.database_url))
    one = await database.fetchrow(ONE)
    async with AsyncExitStack() as opened:
        # Everything that is made once is made before the memory is read.
        async with _watching(port, tokens[one["username"]]):
            pass
        before = process.memory_info().rss
        names = [name for name in tokens if name != one["username"]]
        many = [names[number % len(names)] for number in range(sockets)]
        for begin in range(0, sockets, AT_ONCE):
            await asyncio.gather(
                *(opened.enter_async_context(_watching(port, tokens[name])) for name in many[begin : begin + AT_ONCE])
            )
        await asyncio.sleep(1)
        with_sockets = process.memory_info().rss
        spent = _cpu(process)
        await asyncio.sleep(SECONDS_IDLE)
        idle = (_cpu(process) - spent) / SECONDS_IDLE

        spent = _cpu(process)
        for _ in range(TIMES):
            await database.fetch(TELL, 0, 0, EVENTS // TIMES)
            await asyncio.sleep(0.1)
        for_nobody = (_cpu(process) - spent - idle * TIMES * 0.1) / EVENTS

        told = [await _until_told(port, tokens[one["username"]], database, one) for _ in range(TIMES)]
        spent, begun = _cpu(process), time.monotonic()
        answers = await _runs(port)
        await database.execute("UPDATE ketu.access_version SET number = number + 1")
        while await _runs(port) < answers + sockets and time.monotonic() < begun + MOST_SECONDS_FOR_ALL:  # noqa: ASYNC110 (of another process)
            await asyncio.sleep(0.2)
        for_all = time.monotonic() - begun
        cpu_for_all = _cpu(process) - spent
    await database.close()
    return Watched(
        sockets,
        mb_before=before / 1e6,
        mb_with_sockets=with_sockets / 1e6,
        idle_cpu_percent=idle * 100,
        us_per_event_for_nobody=for_nobody * 1e6,
        ms_until_told=statistics.median(told) * 1000,
        seconds_for_all=for_all,
        cpu_ms_per_answer_for_all=cpu_for_all * 1000 / sockets,
    )


ONE = """
    SELECT account.username, account.staff_id, task.id AS task_id FROM ketu.task AS task
    JOIN ketu.user_account AS account ON account.staff_id = task.assigned_to_id AND account.is_active
    JOIN ketu.role_assignment AS held ON held.user_account_id = account.id AND held.role = 'relationship_manager'
    ORDER BY task.id LIMIT 1
"""


@asynccontextmanager
async def _watching(port: int, token: str) -> AsyncIterator[ClientConnection]:
    async with connect(
        f"ws://127.0.0.1:{port}/graphql",
        subprotocols=[Subprotocol("graphql-transport-ws")],
        compression=None,
        proxy=None,
        open_timeout=60,
        ping_interval=None,
        # Nobody waits for thousands of farewells.
        close_timeout=0.01,
    ) as socket:
        await socket.send(json.dumps({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}}))
        assert json.loads(await socket.recv())["type"] == "connection_ack"
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": MINE}}))
        answer = json.loads(await socket.recv())
        assert answer["type"] == "next", answer
        yield socket


async def _until_told(port: int, token: str, database: Any, one: Any) -> float:
    async with _watching(port, token) as socket:
        return await _told(socket, database, one)


async def _told(socket: ClientConnection, database: Any, one: Any) -> float:
    # No answer of a subscription follows the one before at once.
    await asyncio.sleep(SECONDS_APART)
    async with database.transaction():
        await database.execute(TOUCH, one["task_id"], str(time.monotonic()))
        await database.fetch(TELL, one["staff_id"], one["task_id"], 1)
    begun = time.monotonic()
    assert json.loads(await socket.recv())["type"] == "next"
    return time.monotonic() - begun


async def _runs(port: int) -> float:
    """How often a subscription was answered anew, whether anything came of it or not."""
    async with httpx.AsyncClient(trust_env=False) as client:
        lines = (await client.get(f"http://127.0.0.1:{port}/metrics")).text.splitlines()
    wanted = ("ketu_live_answers_total ", "ketu_live_unchanged_total ")
    return sum(float(line.split()[1]) for line in lines if line.startswith(wanted))


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system
