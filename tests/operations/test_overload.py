"""More requests than the database comes to: who is let in, who goes first, and that nobody leaves anything behind."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import orjson
import pytest
from factories.api import OK, Api, error_of, listening, settings, signed_in
from factories.bank import Bank, own_bank, until
from factories.live import watching
from factories.served import served

from api.settings import Settings
from tests.live.test_subscriptions import TASKS, done
from tests.schema.test_tasks import CREATE

__all__ = ["own_bank"]
pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("one_schema_per_process")]

NODE = '{ customer(id: "cus_1") { id } }'
LIST = "{ customers(first: 2, where: {version: {gte: 1}}) { nodes { id } } }"
"""With a filter, so it is planned anew: by the other pool."""
HEAVY = LIST.replace("first: 2", "first: 50")
"""Costs 51. All three stand still while the customers are locked."""
ELSEWHERE = '{ branches(first: 3, where: {branchNo: {ne: "x"}}) { nodes { id } } }'
HEAVY_COST = 10
GIVEN = {"title": "x", "purpose": "OTHER", "assignedToId": "sta_9"}
JSON = {"content-type": "application/json"}
MEGABYTE = 2**20


@asynccontextmanager
async def locked(bank: Bank) -> AsyncIterator[asyncpg.Connection]:
    """Whoever asks for customers meanwhile holds a connection and gets no answer."""
    connection = await asyncpg.connect(bank.url)
    try:
        async with connection.transaction():
            await connection.execute("LOCK TABLE ketu.customer IN ACCESS EXCLUSIVE MODE")
            yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def asked_for(bank: Bank, folder: Path, **changes: Any) -> AsyncIterator[Api]:
    """The API with two connections in each pool, to readers it knows; everything is as before at the end."""
    chosen = settings(bank.url, folder, heavy_cost=HEAVY_COST, statement_timeout_seconds=60, **changes)
    with pytest.MonkeyPatch.context() as patch:
        # However slow the machine, nobody gives up meanwhile.
        patch.setattr("domain.shared.turns.SECONDS_TO_WAIT", 60)
        patch.setattr("domain.shared.turns.SECONDS_FOR_HEAVY", 60)
        async with _asked(chosen) as api:
            yield api


@asynccontextmanager
async def _asked(chosen: Settings) -> AsyncIterator[Api]:
    async with listening(chosen) as api:
        for user in ("analyst", "regional-beijing", "manager-chaoyang"):
            assert (await api.post(user=user)).status_code == 200
        yield api
        turns = api.app.state.database.turns
        await until(lambda: _held(turns), [(2, 1, {})] * 2)


def why_refused(answer: httpx.Response) -> str:
    """What the refusal says, but for the seconds, which the header says as well."""
    status, code, message = error_of(answer)
    assert (status, code) == (503, "UNAVAILABLE")
    why, _, again = message.partition(" Try again in ")
    assert again == f"{answer.headers['retry-after']} s."
    return why


async def _held(turns: Sequence[Any]) -> list[Any]:
    return [(each._free, each._free_for_heavy, dict(each._by_account)) for each in turns]


async def metrics(api: Api, name: str) -> dict[str, float]:
    """What they say under `name`, by labels."""
    lines = (await api.client.get("/metrics")).text.splitlines()
    found = (line.removeprefix(name).rsplit(" ", 1) for line in lines if line.startswith(f"{name}{{"))
    return {labels: float(value) for labels, value in found}


class Crowd:
    """Requests that are under way."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.tasks: list[asyncio.Task[httpx.Response]] = []

    async def ask(self, *queries: str, user: str = "analyst") -> None:
        """So many more, of which none is answered yet."""
        self.tasks += [asyncio.create_task(self.api.post(query, user=user)) for query in queries]

    async def waits(self, *, light: int = 0, heavy: int = 0) -> None:
        """Until so many of them wait."""
        wanted = {'{kind="light"}': light, '{kind="heavy"}': heavy}
        await until(lambda: metrics(self.api, "ketu_waiting_requests"), wanted)

    async def statuses(self) -> set[int]:
        """Of the answers to all."""
        return {answer.status_code for answer in await asyncio.gather(*self.tasks)}


async def tasks_of(bank: Bank) -> int:
    async with bank.database.read() as connection:
        return await connection.fetchval("SELECT count(*) FROM ketu.task")


async def test_past_the_limit_a_request_is_refused_and_nothing_of_it_is_done(own_bank: Bank, tmp_path: Path):
    create = {"query": CREATE, "user": "manager-chaoyang", "variables": {"input": GIVEN}}
    before = await tasks_of(own_bank)
    async with asked_for(own_bank, tmp_path, waiting_requests=4) as api:
        crowd = Crowd(api)
        async with locked(own_bank):
            await crowd.ask(*[NODE] * 4)
            await crowd.waits(light=2)
            assert why_refused(await api.post(NODE)) == (
                "Too many requests of yours wait already, so this one was not begun. Send fewer at the same time."
            )
            await crowd.ask(*[NODE] * 2, user="regional-beijing")
            await crowd.waits(light=4)
            full = "Too many requests wait already, so this one was not begun."
            assert why_refused(await api.post(**create)) == full
            older = signed_in("analyst") | {"accept": "application/json"}
            assert (await api.client.post("/graphql", json={"query": NODE}, headers=older)).status_code == 503
            # Somebody who is not known yet would have to be looked up; who signs in, too.
            assert why_refused(await api.post(user="rm-chaoyang-1")) == full
            refused = await api.client.post("/auth/sign-in", json={"username": "analyst", "password": "x"})
            assert (refused.status_code, refused.json()["code"]) == (503, "UNAVAILABLE")
            assert int(refused.headers["retry-after"]) > 0
            # There is another pool for lists, and those that watch over processes wait for none.
            assert (await api.post(ELSEWHERE)).status_code == 200
            assert (await api.client.get("/readyz")).status_code == 200
            assert await tasks_of(own_bank) == before
            assert await metrics(api, "ketu_refused_requests_total") == {
                '{kind="light",reason="account"}': 1,
                '{kind="light",reason="full"}': 3,
                '{kind="heavy",reason="full"}': 1,
            }
        assert await crowd.statuses() == {200}
        assert (await api.post(**create)).status_code == 200
        assert await tasks_of(own_bank) == before + 1


async def test_light_requests_are_answered_while_heavy_ones_wait(own_bank: Bank, tmp_path: Path):
    async with asked_for(own_bank, tmp_path, waiting_requests=8) as api:
        crowd = Crowd(api)
        async with locked(own_bank):
            await crowd.ask(*[HEAVY] * 3)
            await crowd.ask(*[HEAVY] * 2, user="regional-beijing")
            await crowd.waits(heavy=4)
            for _ in range(10):
                assert (await api.post(ELSEWHERE)).status_code == 200
            assert why_refused(await api.post(HEAVY, user="manager-chaoyang")) == (
                "Too many large requests wait already, so this one was not begun. Ask for less at once."
            )
            assert (await api.post(ELSEWHERE)).status_code == 200
            await crowd.waits(heavy=4)
        assert await crowd.statuses() == {200}
        assert await metrics(api, "ketu_refused_requests_total") == {'{kind="heavy",reason="share"}': 1}


async def test_what_turned_out_to_be_slow_is_heavy(own_bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with asked_for(own_bank, tmp_path) as api:
        assert (await api.post(LIST)).status_code == 200
        monkeypatch.setattr("resolvers.engine.plan.SLOW_SECONDS", 0)
        crowd = Crowd(api)
        async with locked(own_bank):
            await crowd.ask(*[LIST] * 3)
            await crowd.waits(heavy=2)
            # Of this one nothing is known yet.
            assert (await api.post(ELSEWHERE)).status_code == 200
        assert await crowd.statuses() == {200}


async def test_clients_that_go_away_leave_their_places(own_bank: Bank, tmp_path: Path):
    async with asked_for(own_bank, tmp_path) as api:
        crowd = Crowd(api)
        async with locked(own_bank):
            await crowd.ask(*[LIST] * 5, *[NODE] * 5, *[HEAVY] * 5)
            await crowd.waits(light=6, heavy=5)
            for task in crowd.tasks:
                task.cancel()
            await crowd.waits()
            assert (await api.post(ELSEWHERE)).status_code == 200
        assert (await api.post(HEAVY)).status_code == 200


async def test_statements_that_fail_leave_their_places(own_bank: Bank, tmp_path: Path):
    async with asked_for(own_bank, tmp_path) as api:
        crowd = Crowd(api)
        async with locked(own_bank) as connection:
            await crowd.ask(*[LIST] * 5, *[NODE] * 5, *[HEAVY] * 5)
            await crowd.waits(light=6, heavy=5)
            while not all(task.done() for task in crowd.tasks):
                await connection.execute(
                    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity "
                    "WHERE wait_event_type = 'Lock' AND datname = current_database()"
                )
                await asyncio.sleep(0.01)
        assert await crowd.statuses() == {400}
        assert (await api.post(HEAVY)).status_code == 200


async def test_who_watches_and_who_asks_do_not_refuse_each_other(own_bank: Bank, tmp_path: Path):
    async with asked_for(own_bank, tmp_path, waiting_requests=2) as api:
        assert (await api.post(user="rm-chaoyang-1")).status_code == 200
        crowd = Crowd(api)
        async with watching(api, "rm-chaoyang-1") as socket:
            async with locked(own_bank):
                await crowd.ask(LIST, LIST, LIST)
                await crowd.ask(LIST, user="regional-beijing")
                await crowd.waits(light=2)
                assert (await api.post(LIST)).status_code == 503
                # They are behind those that wait, however many.
                for n in range(20):
                    await socket.subscribe(TASKS, key=str(n))
                await crowd.waits(light=3)
            assert await crowd.statuses() == {200}
            shown = [await socket.next() for _ in range(20)]
            assert {(message["type"], "errors" in message["payload"]) for message in shown} == {("next", False)}
            # All of them are answered anew, one after the other.
            await done(own_bank, CREATE, "manager-chaoyang", input=GIVEN)
            for _ in range(10):
                assert (await api.post()).status_code == 200
            assert {(await socket.next())["type"] for _ in range(20)} == {"next"}
        assert await metrics(api, "ketu_refused_requests_total") == {'{kind="light",reason="full"}': 1}


async def test_what_waits_is_bounded_in_bytes(own_bank: Bank, tmp_path: Path):
    """Many send large bodies at once, and stay for the answer."""
    limits = {"KETU_DATABASE_POOL_SIZE": "2", "KETU_WAITING_REQUESTS": "20", "KETU_RATE_PER_SECOND": "0"}
    body = orjson.dumps({"query": NODE, "variables": {"unknown": [{}] * 200_000}})
    users = ("analyst", "regional-beijing")
    with served(own_bank.url, tmp_path, **limits) as server:
        async with httpx.AsyncClient(base_url=server.address, timeout=60, trust_env=False) as client:
            for user in users:
                (await client.post("/graphql", json={"query": OK}, headers=signed_in(user))).raise_for_status()
            before = server.memory
            async with locked(own_bank):
                sent = [
                    asyncio.create_task(client.post("/graphql", content=body, headers=signed_in(user) | JSON))
                    for user in users * 25
                ]
                while sum(task.done() for task in sent) < 50 - 22:
                    await asyncio.sleep(0.02)
                assert server.memory - before < 100 * MEGABYTE
            statuses = [(await task).status_code for task in sent]
    assert set(statuses) == {200, 503}
    assert statuses.count(200) <= 22
