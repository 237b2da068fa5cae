"""Permissions where replicas answer: what is taken away is gone from its commit on, whatever the replica believes."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from factories.api import Api
from factories.replica import Replicated, answered, answering, serving_from

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("one_schema_per_process")]

CUSTOMERS = "{ customers { totalCount } }"
HELD = "user_account_id = (SELECT id FROM ketu.user_account WHERE username = '{}')"
TAKEN_AWAY = {
    "rm-haidian-1": f"DELETE FROM ketu.role_assignment WHERE {HELD}",
    "teller-wangjing": "UPDATE ketu.user_account SET is_active = false WHERE username = '{}'",
}
"""How somebody loses what they may see."""


@pytest.fixture
async def api(anyio_backend: str, replicated: Replicated, tmp_path: Path) -> AsyncIterator[Api]:
    """A process whose replica may be behind for as long as it likes."""
    async with serving_from(replicated, tmp_path / "one") as running:
        yield running


async def seen(api: Api, user: str) -> str | None:
    """How many customers the user sees; None without any right to."""
    answer = await api.post(CUSTOMERS, user=user)
    if answer.status_code == 401:
        return None
    customers = answer.json()["data"]["customers"]
    return customers and customers["totalCount"]


@pytest.mark.parametrize("user", TAKEN_AWAY)
async def test_what_is_taken_away_is_gone_though_the_replica_does_not_know(api: Api, replicated: Replicated, user: str):
    before = await answered(api)
    assert int(await seen(api, user) or 0) > 0
    assert (await answered(api))["primary"] == before["primary"]
    async with replicated.replica.paused():
        await replicated.write(TAKEN_AWAY[user].format(user))

        assert [await seen(api, user) for _ in range(3)] == [None] * 3

        assert await answering(api) == 1
    await replicated.has_caught_up()
    assert await seen(api, user) is None


async def test_what_comes_and_goes_holds_from_its_commit_on(api: Api, replicated: Replicated):
    user = "rm-pudong-1"
    kept = await seen(api, user)
    held = HELD.format(user)
    await replicated.write(f"CREATE TABLE ketu.kept AS SELECT * FROM ketu.role_assignment WHERE {held}")
    for _ in range(10):
        await replicated.write(f"DELETE FROM ketu.role_assignment WHERE {held}")
        assert await asyncio.gather(*(seen(api, user) for _ in range(5))) == [None] * 5
        await replicated.write("INSERT INTO ketu.role_assignment OVERRIDING SYSTEM VALUE SELECT * FROM ketu.kept")
        assert await asyncio.gather(*(seen(api, user) for _ in range(5))) == [kept] * 5
