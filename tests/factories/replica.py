"""A database with a streaming replica, both real servers, made with the tools that the embedded PostgreSQL brings."""

import re
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import psutil
import pytest
from factories.api import Api, serving, settings
from factories.bank import until

from api import postgres, postgres_home
from api.postgres import Server

# Nothing here has to outlive a power cut. Where a query is in the way of recovery, recovery soon goes before it.
OPTIONS = ("fsync=off", "shared_buffers=128MB", "max_standby_streaming_delay=500ms")


class Standby:
    """A streaming replica, to be stopped in all the ways in which it may."""

    def __init__(self, primary: Server, folder: Path) -> None:
        self._folder = folder
        self._held = ExitStack()
        _copy(primary, folder)
        self.start()

    def start(self) -> None:
        """Begin, or begin again, to follow the primary."""
        self.server = self._held.enter_context(postgres.held(self._folder, options=OPTIONS))

    def kill(self) -> None:
        """As when the machine runs out of memory."""
        psutil.Process(self.server.pid).kill()

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Nothing is refused and nothing is answered, as when a network swallows all."""
        postmaster = psutil.Process(self.server.pid)
        stopped = [postmaster, *postmaster.children()]
        for process in stopped:
            process.suspend()
        try:
            yield
        finally:
            for process in stopped:
                process.send_signal(signal.SIGCONT)

    @asynccontextmanager
    async def paused(self) -> AsyncIterator[None]:
        """It answers, and learns nothing new."""
        await value(self.server, "SELECT pg_wal_replay_pause()")
        await until(lambda: value(self.server, "SELECT pg_get_wal_replay_pause_state()"), "paused")
        try:
            yield
        finally:
            await value(self.server, "SELECT pg_wal_replay_resume()")

    def end(self) -> None:
        """For good; nothing of it is kept."""
        at_once(self.server)
        self._held.close()


@dataclass
class Replicated:
    """The sample bank, in a primary and its replica."""

    primary: Server
    replica: Standby
    folder: Path

    def another(self, name: str) -> Standby:
        """One more replica."""
        return Standby(self.primary, self.folder / name)

    async def write(self, statement: str) -> None:
        """Change something in the primary behind the API's back."""
        await value(self.primary, statement)

    async def has_caught_up(self) -> None:
        """Returns when the replica has what the primary has now."""
        there = await value(self.primary, "SELECT pg_current_wal_flush_lsn()::text")
        query = f"SELECT pg_last_wal_replay_lsn() >= '{there}'"
        await until(lambda: value(self.replica.server, query), True)


def at_once(server: Server) -> None:
    """End it without any order."""
    process = psutil.Process(server.pid)
    process.send_signal(signal.SIGQUIT)
    process.wait()


async def value(server: Server, query: str) -> Any:
    """One value out of a server, or one change of it; asked again where it was in the way of recovery."""
    while True:
        connection = await asyncpg.connect(server.url())
        try:
            return await connection.fetchval(query)
        except (asyncpg.SerializationError, asyncpg.ConnectionDoesNotExistError) as error:
            if "conflict with recovery" not in str(error):
                raise
        finally:
            await connection.close()


@asynccontextmanager
async def serving_from(bank: Replicated, folder: Path, *standbys: Standby, **changes: Any) -> AsyncIterator[Api]:
    """An API process on the bank, once all of these replicas answer queries. One alone: the bank's own."""
    urls = tuple(each.server.url() for each in standbys or (bank.replica,))
    folder.mkdir(exist_ok=True)
    await bank.has_caught_up()
    patient = {"replica_lag_seconds": 600} | changes
    async with serving(settings(bank.primary.url(), folder, replica_urls=urls, **patient)) as api:
        await until(lambda: answering(api), len(urls))
        yield api


async def answering(api: Api) -> int:
    """How many replicas answer queries."""
    return int((await api.client.get("/readyz")).text.splitlines()[1].split()[0])


async def answered(api: Api) -> dict[str, int]:
    """How many queries each database has answered: the primary, and each replica by its place."""
    figures = (await api.client.get("/metrics")).text
    found = re.findall(r'^ketu_query_answers_total\{database="(.+?)"\} (\S+)$', figures, re.MULTILINE)
    return {database: int(float(count)) for database, count in found}


@pytest.fixture(scope="module")
def replicated(postgres_server: Server, sample_template: str) -> Iterator[Replicated]:
    """A sample bank of this module, on two servers of its own."""
    # The account which root steps down to cannot reach pytest's own folder.
    folder = Path(tempfile.mkdtemp(prefix="ketu-test-"))
    folder.chmod(0o755)
    with ExitStack() as held:
        held.callback(shutil.rmtree, folder)
        primary = held.enter_context(postgres.held(folder / "primary", options=OPTIONS))
        held.callback(at_once, primary)
        _restore(postgres_server.url(sample_template), primary, folder / "primary")
        replica = Standby(primary, folder / "replica")
        held.callback(replica.end)
        yield Replicated(primary, replica, folder)


def _restore(url: str, into: Server, folder: Path) -> None:
    """The same database there."""
    who = postgres_home.account(folder)
    programs = postgres_home.programs(who)
    dumped = who.run([programs / "pg_dump", url])
    assert dumped.returncode == 0, dumped.stdout
    psql = [programs / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", into.url()]
    restored = who.run(psql, words=dumped.stdout)
    assert restored.returncode == 0, restored.stdout


def _copy(primary: Server, folder: Path) -> None:
    """The whole cluster, ready to follow it."""
    who = postgres_home.account(folder)
    half = Path(tempfile.mkdtemp(prefix="copy-", dir=postgres_home.place_for_data(folder, who)))
    who.give(half)
    words = ["-D", half, "-d", primary.url(), "--checkpoint=fast", "--wal-method=stream", "--write-recovery-conf"]
    copied = who.run([postgres_home.programs(who) / "pg_basebackup", *words])
    assert copied.returncode == 0, copied.stdout
    half.rename(folder / "postgres")
