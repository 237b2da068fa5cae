"""A house to start, kill and start again: real processes on a free port, with data of their own."""

import asyncio
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import psutil
import pytest
from factories.api import one_schema_per_process
from factories.bank import own_sample_url, sample_template, sample_url
from factories.replica import replicated

from api.settings import ROOT

__all__ = [
    "House", "Up", "data", "data_of_a_first_up", "one_schema_per_process", "own_sample_url", "replicated",
    "sample_template", "sample_url", "up", "up_before",
]  # fmt: skip

# The first start on a new checkout builds the explorer page as well.
SECONDS_TO_BE_READY = 300
SECONDS_TO_END = 120


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder that the account which root steps down to can reach, as it cannot reach pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="ketu-test-"))
    folder.chmod(0o755)
    yield folder / "data"
    shutil.rmtree(folder)


@dataclass
class House:
    """One `./ketu up`, and what it said."""

    data: Path
    process: subprocess.Popen[str]
    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text()

    @property
    def address(self) -> str:
        """Where the API answers; known once the house is ready."""
        return re.findall(r"GraphQL +(\S+)/graphql", self.said)[0]

    @property
    def api(self) -> psutil.Process:
        """The API process."""
        return psutil.Process(self.process.pid).children()[0]

    @property
    def postmaster(self) -> psutil.Process:
        """The server process of the embedded PostgreSQL."""
        return psutil.Process(int((self.data / "postgres" / "postmaster.pid").read_text().splitlines()[0]))

    def wait_until_ready(self) -> float:
        """Seconds until it says that Ctrl-C stops it."""
        begun = time.monotonic()
        while "Ctrl-C" not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() - begun < SECONDS_TO_BE_READY, self.said
            time.sleep(0.02)
        return time.monotonic() - begun

    def wait_until_ended(self) -> int:
        """Its exit status."""
        return self.process.wait(SECONDS_TO_END)

    def stop(self) -> int:
        """Ctrl-C; its exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.wait_until_ended()

    def sql(self, *statements: str) -> list[asyncpg.Record]:
        """Run statements in the house's database, each committed; the rows of the last."""

        async def run() -> list[asyncpg.Record]:
            connection = await asyncpg.connect(host=str(self.data / "postgres"), user="ketu", database="ketu")
            try:
                return [await connection.fetch(statement) for statement in statements][-1]
            finally:
                await connection.close()

        return asyncio.run(run())


Up = Callable[..., House]


def begun(data: Path, log: Path, *words: str) -> House:
    """One more `./ketu up`; it begins with the built-in sample, the quickest, unless `words` name another bank."""
    named = words if {"--customers", "--import", "--sample"} & {*words} else ("--sample", *words)
    command = [sys.executable, str(ROOT / "ketu"), "up", "--data", str(data), *named]
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, text=True)
    return House(data, process, log)


@pytest.fixture(scope="session")
def data_of_a_first_up() -> Iterator[Path]:
    """A data folder as a first `./ketu up` leaves it."""
    folder = Path(tempfile.mkdtemp(prefix="ketu-test-"))
    folder.chmod(0o755)
    house = begun(folder / "data", folder / "up.log", "--port", "0")
    house.wait_until_ready()
    assert house.stop() == 0
    yield folder / "data"
    shutil.rmtree(folder)


@pytest.fixture
def up_before(data: Path, data_of_a_first_up: Path) -> None:
    """What is tested does not begin with an empty folder, which takes longest."""
    # shutil would give everything to whoever copies.
    subprocess.run(["cp", "-a", data_of_a_first_up, data], check=True)


@pytest.fixture
def up(data: Path, tmp_path: Path) -> Iterator[Up]:
    """Start `./ketu up` with further words on the command line; whatever still runs at the end is killed."""
    houses: list[House] = []

    def start(*words: str, port: int = 0) -> House:
        houses.append(begun(data, tmp_path / f"up-{len(houses)}.log", "--port", str(port), *words))
        return houses[-1]

    yield start
    for house in houses:
        if house.process.poll() is None:
            house.stop()
    lock_file = data / "postgres" / "postmaster.pid"
    if lock_file.exists():
        psutil.Process(int(lock_file.read_text().splitlines()[0])).kill()
