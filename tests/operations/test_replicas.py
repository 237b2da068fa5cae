"""Queries that are answered by streaming replicas: real ones, which lag, fall silent, die, come back, are promoted."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from factories.api import Api, error_of, serving, settings, signed_in
from factories.bank import RUNNING, SLOW, until
from factories.replica import Replicated, answered, answering, serving_from, value
from structlog.testing import LogCapture

from domain.shared import position
from domain.shared.replicas import FOREIGN, LATE, PROMOTED, UNREACHABLE

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("one_schema_per_process")]

USER = "manager-chaoyang"
NAME = '{ customer(id: "cus_3") { name version } }'
CHANGE = """mutation ($input: ChangeCustomerInput!, $dry: Boolean, $key: String) {
  changeCustomer(input: $input, dryRun: $dry, idempotencyKey: $key) {
    customer { name } errors { __typename } isReplay } }"""


@pytest.fixture
async def api(anyio_backend: str, replicated: Replicated, tmp_path: Path) -> AsyncIterator[Api]:
    """A process whose one replica may be behind for as long as it likes."""
    async with serving_from(replicated, tmp_path / "one") as running:
        yield running


async def customer(api: Api, *, user: str = USER, seen: str | None = None) -> dict[str, Any]:
    """The one that is written here, as a query shows them to who has seen that much."""
    headers = signed_in(user) | ({} if seen is None else {"ketu-position": seen})
    answer = await api.client.post("/graphql", json={"query": NAME}, headers=headers)
    assert answer.status_code == 200, answer.text
    assert "ketu-position" not in answer.headers
    return answer.json()["data"]["customer"]


async def rename(api: Api, name: str, **more: Any) -> str | None:
    """Change their name; what later queries have to see."""
    # Of the primary: the replica may know an older version.
    version = (await customer(api, seen="FFFFFFFF/FFFFFFFF"))["version"]
    given = {"input": {"id": "cus_3", "expectedVersion": version, "name": name}} | more
    answer = await api.post(CHANGE, user=USER, variables=given)
    payload = answer.json()["data"]["changeCustomer"]
    assert (payload["customer"], payload["errors"]) == ({"name": name}, []), answer.text
    return answer.headers.get("ketu-position")


async def by_replica(api: Api) -> int:
    """How many queries its one replica has answered."""
    (count,) = (count for database, count in (await answered(api)).items() if database != "primary")
    return count


def trouble(api: Api) -> str | None:
    """Why its one replica is left out."""
    return api.app.state.database.replicas.each[0].trouble


async def until_left_out(api: Api, why: str) -> None:
    """The next looks have found it out."""

    async def found() -> str | None:
        return trouble(api)

    await until(found, why)
    assert await answering(api) == 0


async def assert_answered_by_the_primary(api: Api) -> None:
    before = await answered(api)
    await customer(api)
    assert await answered(api) == before | {"primary": before["primary"] + 1}


async def assert_answered_by_the_replica(api: Api) -> None:
    before = await by_replica(api)
    await customer(api)
    assert await by_replica(api) == before + 1


# Who answers


async def test_a_query_is_answered_by_the_replica(api: Api, replicated: Replicated):
    shown = """SELECT count(*) FROM pg_stat_activity
               WHERE application_name = 'ketu' AND query LIKE 'SELECT JSON_OBJECT(''customer''%'"""
    before = (await customer(api))["name"]
    async with replicated.replica.paused():
        await replicated.write("UPDATE ketu.customer SET name = name || '一' WHERE id = 3")

        assert (await customer(api))["name"] == before

        assert [await value(server, shown) for server in (replicated.primary, replicated.replica.server)] == [0, 1]
    assert await answered(api) == {"primary": 0, str(replicated.replica.server.socket_folder): 2}


async def test_who_looks_somebody_up_is_answered_where_that_is_counted(api: Api, replicated: Replicated):
    looked_up = """query ($number: Identifier) {
      customers(where: {identityDocuments: {some: {number: {is: $number}}}}) { nodes { name } } }"""
    async with replicated.replica.paused():
        await replicated.write("UPDATE ketu.customer SET name = '王建国一' WHERE id = 1")
        answer = await api.post(looked_up, user="service-agent", variables={"number": "110105196203140311"})
    assert answer.json()["data"]["customers"]["nodes"] == [{"name": "王建国一"}]
    assert await by_replica(api) == 0


async def test_each_in_its_turn_until_one_is_promoted(replicated: Replicated, tmp_path: Path, said: LogCapture):
    second = replicated.another("second")
    try:
        async with serving_from(replicated, tmp_path / "one", replicated.replica, second) as api:
            for _ in range(10):
                await customer(api)
            assert list((await answered(api)).values()) == [0, 5, 5]

            await value(second.server, "SELECT pg_promote()")

            await until(lambda: answering(api), 1)
            for _ in range(10):
                await customer(api)
            assert list((await answered(api)).values()) == [0, 15, 5]
    finally:
        second.end()
    left_out = [entry["reason"] for entry in said.entries if entry["event"] == "replica.left_out"]
    assert left_out[0] == PROMOTED


# Who wrote what


async def test_who_sends_the_position_back_reads_what_they_wrote_in_any_process(
    api: Api, replicated: Replicated, tmp_path: Path
):
    async with serving_from(replicated, tmp_path / "other") as other:
        before = (await customer(other))["name"]
        async with replicated.replica.paused():
            written = await rename(api, "王一磊")
            assert written is not None

            assert (await customer(other))["name"] == before
            assert (await customer(other, seen=written))["name"] == "王一磊"
            await assert_answered_by_the_replica(other)

        async def is_by_replica() -> bool:
            count = await by_replica(other)
            assert (await customer(other, seen=written))["name"] == "王一磊"
            return await by_replica(other) == count + 1

        await until(is_by_replica, True)


async def test_in_the_process_where_they_wrote_they_need_not(api: Api, replicated: Replicated):
    before = (await customer(api))["name"]
    async with replicated.replica.paused():
        await rename(api, "王二磊")
        assert (await customer(api))["name"] == "王二磊"
        assert (await customer(api, user="analyst"))["name"] == before


async def test_a_repeated_command_has_a_position_too_and_one_that_is_tried_has_none(api: Api):
    assert await rename(api, "王三磊", dry=True) is None
    version = (await customer(api))["version"]
    given = {"input": {"id": "cus_3", "expectedVersion": version, "name": "王三磊"}, "key": "three"}
    first, second = [await api.post(CHANGE, user=USER, variables=given) for _ in range(2)]
    assert [each.json()["data"]["changeCustomer"]["isReplay"] for each in (first, second)] == [False, True]
    seen = [position.read(each.headers["ketu-position"]) for each in (first, second)]
    assert 0 < seen[0] <= seen[1]


async def test_without_replicas_there_is_no_position(replicated: Replicated, tmp_path: Path):
    async with serving(settings(replicated.primary.url(), tmp_path)) as api:
        assert await rename(api, "王五磊") is None
        assert "ketu_query_answers" not in (await api.client.get("/metrics")).text


@pytest.mark.parametrize("given", ["", "yesterday", "0/", "0/1A2B3C4D5", "0/XYZ"])
async def test_a_position_that_is_none_is_refused(api: Api, given: str):
    headers = signed_in(USER) | {"ketu-position": given}
    assert error_of(await api.client.post("/graphql", json={"query": NAME}, headers=headers)) == (
        400,
        "INVALID_REQUEST",
        "Ketu-Position is no position: send it as the answer to a mutation had it, or leave it out.",
    )


# Which is left out


async def test_one_that_is_killed_is_left_out_without_a_failed_query_and_comes_back(
    api: Api, replicated: Replicated, slow_replica: None
):
    under_way = asyncio.create_task(api.post(SLOW))
    await until(lambda: value(replicated.replica.server, RUNNING), 1)

    replicated.replica.kill()

    assert (await under_way).json()["data"]["branches"]["totalCount"]
    await until_left_out(api, UNREACHABLE)
    await assert_answered_by_the_primary(api)
    await asyncio.to_thread(replicated.replica.start)
    await until(lambda: answering(api), 1)
    await assert_answered_by_the_replica(api)


async def test_one_that_falls_silent_is_not_waited_for(api: Api, replicated: Replicated):
    with replicated.replica.silent():
        await asyncio.gather(*(customer(api) for _ in range(10)))
        assert trouble(api) == UNREACHABLE
    await until(lambda: answering(api), 1)
    await assert_answered_by_the_replica(api)


async def test_a_query_that_is_in_the_way_of_recovery_is_answered_by_the_primary(
    api: Api, replicated: Replicated, slow_replica: None
):
    under_way = asyncio.create_task(api.post(SLOW))
    await until(lambda: value(replicated.replica.server, RUNNING), 1)

    await replicated.write("DO 'BEGIN LOCK TABLE ketu.branch_behind IN ACCESS EXCLUSIVE MODE; END'")

    assert (await under_way).json()["data"]["branches"]["totalCount"]
    assert trouble(api) is None
    await assert_answered_by_the_replica(api)


async def test_one_that_lags_is_left_out_until_it_has_caught_up(replicated: Replicated, tmp_path: Path):
    async with serving_from(replicated, tmp_path / "one", replica_lag_seconds=1) as api:
        async with replicated.replica.paused():
            await replicated.write("UPDATE ketu.customer SET name = '王四磊' WHERE id = 3")
            await until_left_out(api, LATE)
            assert (await customer(api))["name"] == "王四磊"
            await assert_answered_by_the_primary(api)
        await until(lambda: answering(api), 1)
        await assert_answered_by_the_replica(api)


async def test_one_that_has_nothing_to_replay_does_not_lag(replicated: Replicated, tmp_path: Path):
    async with serving_from(replicated, tmp_path / "one", replica_lag_seconds=1) as api:
        await asyncio.sleep(1.5)
        assert await answering(api) == 1


async def test_one_of_another_database_is_never_asked(
    replicated: Replicated, sample_url: str, tmp_path: Path, said: LogCapture
):
    url = replicated.replica.server.url().replace("ketu@", "ketu:hunter2@")
    async with serving(settings(sample_url, tmp_path, replica_urls=(url,))) as api:
        await until_left_out(api, FOREIGN)
        await customer(api)
        told = (await api.client.get("/metrics")).text + (await api.client.get("/readyz")).text
    assert [(entry["event"], entry["reason"]) for entry in said.entries] == [("replica.left_out", FOREIGN)]
    assert "hunter2" not in told + str(said.entries)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> LogCapture:
    """What the log is told of replicas."""
    capture = LogCapture()
    monkeypatch.setattr("domain.shared.replicas.log", structlog.wrap_logger(None, processors=[capture]))
    return capture


@pytest.fixture
async def slow_replica(anyio_backend: str, replicated: Replicated) -> AsyncIterator[None]:
    """Put a view in the place of the branches that sleeps while it is counted, but in the primary."""
    await replicated.write("ALTER TABLE ketu.branch RENAME TO branch_behind")
    await replicated.write(
        "CREATE VIEW ketu.branch AS SELECT behind.* FROM ketu.branch_behind AS behind, (SELECT pg_sleep("
        "CASE WHEN pg_is_in_recovery() AND current_query() LIKE '%count(*)%' THEN 30 ELSE 0 END)) AS nap"
    )
    await replicated.has_caught_up()
    yield
    await replicated.write("DROP VIEW ketu.branch")
    await replicated.write("ALTER TABLE ketu.branch_behind RENAME TO branch")
    await replicated.has_caught_up()
