"""Supervisor of the embedded PostgreSQL: the server lives as long as some process of ours holds it.

Each process that uses the server holds a shared lock on a file beside it. The first one starts the server, or adopts
the one that a killed process left behind; the last one to let go stops it. The kernel drops the lock of a killed
process, so nothing has to be cleaned up by hand. The server listens on a Unix socket in a folder that only its owner
may enter, so it needs no password.
"""

import fcntl
import shlex
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import IO
from urllib.parse import quote

import psutil

from api.failure import Failure
from api.postgres_home import account, place_for_data, programs

DATABASE = USER = "ketu"
# macOS allows 103 bytes, Linux 107, for the folder and "/.s.PGSQL.5432" together.
LONGEST_SOCKET_FOLDER = 85
SHORT = Path("/tmp")  # noqa: S108 (TMPDIR may be long as well)
SECONDS_TO_START = 300  # After a kill, up to max_wal_size is read again.
SECONDS_TO_STOP = 60
CONTAINER = Path("/sys/fs/cgroup/memory.max")

OPTIONS = (
    "listen_addresses=",
    "port=5432",
    "jit=off",
    "log_timezone=UTC",
    "max_wal_size=2GB",
    "random_page_cost=1.1",
    "timezone=UTC",
)
SMALLEST_CACHE, LARGEST_CACHE = 256, 8_192
"""MB that the server shares between its sessions; what it does not need for its data it does not touch."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    pid: int
    socket_folder: str
    was_running: bool

    def url(self, database: str = DATABASE) -> str:
        """The address of one of its databases, as asyncpg, SQLAlchemy and libpq read it."""
        return f"postgresql://{USER}@/{database}?host={quote(self.socket_folder, safe='/')}&port=5432"

    def is_alive(self) -> bool:
        return _process(self.pid) is not None


@contextmanager
def held(folder: Path, *, options: Sequence[str] = ()) -> Iterator[Server]:
    """The server whose data lie in `folder`, kept up until the block ends. Raises Failure."""
    cluster = _Cluster(folder, options)
    with (folder / "holders.lock").open("w") as holders:
        # While the last holder stops the server it holds the lock alone, and we wait here.
        fcntl.flock(holders, fcntl.LOCK_SH)
        try:
            with (folder / "start.lock").open("w") as start:
                fcntl.flock(start, fcntl.LOCK_EX)
                server = cluster.running() or cluster.start()
            yield server
        finally:
            if _is_last(holders):
                cluster.stop()


def _cache() -> int:
    """MB: a quarter of the memory that this machine has, or its container may use."""
    memory = psutil.virtual_memory().total
    with suppress(OSError, ValueError):
        memory = min(memory, int(CONTAINER.read_text()))
    return min(max(memory // 4 // 2**20, SMALLEST_CACHE), LARGEST_CACHE)


def _is_last(holders: IO[str]) -> bool:
    """Whether nobody else holds the server; if somebody does, our own hold is given up."""
    try:
        fcntl.flock(holders, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class _Cluster:
    """The data below one folder, and the programs that work on them."""

    def __init__(self, folder: Path, options: Sequence[str]) -> None:
        self.account = account(folder)
        self.programs = programs(self.account)
        self.options = (*OPTIONS, f"shared_buffers={_cache()}MB", *options)
        self.folder = folder
        self.place = folder / "postgres"

    @property
    def data(self) -> Path:
        if self.place.is_symlink() and not self.place.exists():
            raise Failure(f"the data that {self.place} points to are gone", mend="bring them back, or remove that link")
        return self.place.resolve()

    def running(self) -> Server | None:
        """The server that works on the data already, once it is ready."""
        while (written := self._lock_file()) and (process := _process(int(written[0]))):
            if not _works_in(process, self.data):
                break
            if len(written) > 7 and written[7].strip() == "ready":
                return Server(process.pid, written[4], was_running=True)
            time.sleep(0.05)
        self._forget_killed()
        return None

    def start(self) -> Server:
        """Start the server, on new data where there are none yet."""
        if not self.place.exists():
            self._initialise()
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            socket_folder = self._socket_folder()
            options = [f"unix_socket_directories={socket_folder}", *self.options]
            words = shlex.join(word for option in options for word in ("-c", option))
            log = self.data / "server.log"
            said_before = log.stat().st_size if log.exists() else 0
            done = self._control("start", "-t", str(SECONDS_TO_START), "-l", str(log), "-o", words)
            if done.returncode == 0 and (written := self._lock_file()):
                return Server(int(written[0]), socket_folder, was_running=False)
            said = log.read_bytes()[said_before:].decode(errors="replace") if log.exists() else ""
            # The processes of a killed server need a moment to notice that it is gone.
            if "still in use" not in said or time.monotonic() > deadline:
                raise Failure(f"PostgreSQL did not start:\n{done.stdout}{said}".strip(), mend=f"its whole log is {log}")
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop the server as SIGINT does: sessions are ended, everything committed is on disk."""
        written = self._lock_file()
        if written and self._control("stop", "-m", "fast", "-t", str(SECONDS_TO_STOP)).returncode != 0:
            self._control("stop", "-m", "immediate")
        self._clear_socket_folder(written)

    def _forget_killed(self) -> None:
        """Remove the lock files of a server that was killed. PostgreSQL would do so, unless their number has gone to
        another program, as after a reboot or in a new container, or the dead process has not been reaped yet."""
        self._clear_socket_folder(self._lock_file())
        for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
            (self.data / name).unlink(missing_ok=True)

    def _clear_socket_folder(self, written: list[str]) -> None:
        # Only a folder that we made: the server's account may write anything into its lock file.
        if len(written) > 4 and Path(written[4]).parent == SHORT and Path(written[4]).name.startswith("ketu-"):
            shutil.rmtree(written[4], ignore_errors=True)

    def _initialise(self) -> None:
        """Make the data beside their place; they get there whole or not at all."""
        half = Path(tempfile.mkdtemp(prefix="cluster-", dir=place_for_data(self.folder, self.account)))
        self.account.give(half)
        style = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        style += ["--data-checksums", "--auth=trust", "--username", USER, "-D", str(half)]
        made = self.account.run([self.programs / "initdb", *style])
        if made.returncode == 0:
            single = [self.programs / "postgres", "--single", "-D", half, "postgres"]
            made = self.account.run(single, words=f"CREATE DATABASE {DATABASE}")
        if made.returncode != 0:
            shutil.rmtree(half)
            raise Failure(f"PostgreSQL could not make its data in {half}:\n{made.stdout.strip()}", mend="choose --data")
        if half.parent == self.folder:
            half.rename(self.place)
        else:
            self.place.symlink_to(half)

    def _control(self, *words: str) -> CompletedProcess[str]:
        return self.account.run([self.programs / "pg_ctl", "-D", self.data, "-s", "-w", *words])

    def _lock_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _socket_folder(self) -> str:
        if len(bytes(self.data)) <= LONGEST_SOCKET_FOLDER:
            return str(self.data)
        folder = tempfile.mkdtemp(prefix="ketu-", dir=SHORT)
        self.account.give(Path(folder))
        return folder


def _process(pid: int) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process
    except psutil.NoSuchProcess:
        return None


def _works_in(process: psutil.Process, data: Path) -> bool:
    """Whether the process is a server on `data`: it works in that folder."""
    try:
        return Path(process.cwd()) == data
    except psutil.Error:
        return False
