"""Those who watch while the database is killed and comes back."""

import asyncio
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest
from factories.api import listening, settings
from factories.bank import load_bank, opened
from factories.live import streaming, watching

from api import migration, postgres
from tests.live.test_subscriptions import CANCEL, MATURITY_CANCELLED, TASKS, done
from tests.schema.test_tasks import CREATE

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("one_schema_per_process")]


async def test_who_watches_goes_on_once_a_killed_database_is_back(data: Path, tmp_path: Path) -> None:
    with ExitStack() as held:
        server = held.enter_context(postgres.held(data))
        chosen = settings(server.url(), tmp_path)
        await asyncio.to_thread(migration.upgrade, chosen)
        await load_bank(server.url())
        async with (
            listening(chosen) as api,
            watching(api, "rm-chaoyang-1") as socket,
            streaming(api, TASKS, user="rm-chaoyang-1") as stream,
        ):
            await socket.subscribe(TASKS)
            await socket.update()
            await stream.update()
            async with opened(server.url()) as bank:
                await done(bank, CANCEL, "manager-chaoyang", input=MATURITY_CANCELLED)
            assert (await socket.update())["kind"] == "CHANGED"
            assert (await stream.update())["kind"] == "CHANGED"

            psutil.Process(server.pid).kill()

            # What is asked now fails well; what was asked before waits.
            await asyncio.sleep(1.5)
            await socket.subscribe(TASKS, key="new")
            code, _ = await socket.error(key="new")
            assert code == "UNAVAILABLE"

            again = await asyncio.to_thread(held.enter_context, postgres.held(data))
            async with opened(again.url()) as bank:
                given = {"title": "After", "purpose": "OTHER", "assignedToId": "sta_9"}
                await done(bank, CREATE, "manager-chaoyang", input=given)
            for update in (await socket.update(), await stream.update()):
                assert update["kind"] == "CHANGED"
                assert "After" in [task["title"] for task in update["tasks"]["nodes"]]
            await socket.subscribe(TASKS, key="new")
            assert (await socket.update(key="new"))["kind"] == "PRESENT"
