"""The virtual environment beside the launcher: made once, renewed when the lock changes, repaired when half made."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.failure import Failure
from api.launcher import index, uv
from api.progress import step

RUN = "requirements.lock"
DEVELOPMENT = "requirements-dev.lock"
UNFINISHED = "unfinished"


def ensure(root: Path, *, development: bool) -> Path:
    """The interpreter of an environment in which everything locked is installed."""
    environment = Environment(root)
    if not environment.holds(development):
        with _alone(root) as alone:
            # Another launcher may have done the work while we waited for it.
            if not environment.holds(development):
                environment.make(development, alone)
    return environment.python


class Environment:
    """`.venv` and the marker in it, which names the lock that was installed and is written last."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / "bin" / "python"
        self.marker = self.folder / "ketu-installed"

    def holds(self, development: bool) -> bool:
        """Whether the marker matches the lock as it is now, and the interpreter is still there."""
        return self.python.exists() and self._installed() == self._wanted(development)

    def make(self, development: bool, alone: int) -> None:
        """Install the lock, over what is there when that can be trusted; `alone` keeps other launchers away."""
        configured = index.configured(os.environ, home=Path.home())
        program = uv.command(self.root, configured)
        variables = configured.variables(os.environ) | {"UV_PYTHON_DOWNLOADS": "never"}
        if not self.python.exists() or self._installed() == UNFINISHED:
            with step("Making the environment"):
                shutil.rmtree(self.folder, ignore_errors=True)
                _run([*program, "venv", "--quiet", "--python", sys.executable, str(self.folder)], variables, alone)
        wanted = self._wanted(development)
        lock = self.root / wanted.split()[0]
        with step("Installing packages") as installing:
            self.marker.write_text(UNFINISHED)
            sync = ["pip", "sync", "--python", str(self.python), "--require-hashes", str(lock)]
            _run([*program, *sync], variables, alone)
            self.marker.write_text(wanted)
            installing.note(lock.name)

    def _installed(self) -> str:
        return self.marker.read_text() if self.marker.exists() else ""

    def _wanted(self, development: bool) -> str:
        # The development lock holds the run-time one: once there, it stays, and serves both.
        stays = self._installed().startswith(DEVELOPMENT)
        lock = self.root / (DEVELOPMENT if development or stays else RUN)
        return f"{lock.name} {hashlib.sha256(lock.read_bytes()).hexdigest()}"


@contextmanager
def _alone(root: Path) -> Iterator[int]:
    """One launcher at a time: a locked file, free again when every process that holds it has ended."""
    folder = root / ".ketu"
    folder.mkdir(exist_ok=True)
    with (folder / "install.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with step("Waiting for another ./ketu that is installing"):
                fcntl.flock(file, fcntl.LOCK_EX)
        yield file.fileno()


def _run(command: list[str], variables: dict[str, str], alone: int) -> None:
    """Call uv: its own progress on a terminal, its words in the failure otherwise.

    uv holds the locked file as well: it goes on when the launcher is killed, and nobody else may install meanwhile.
    """
    quiet = not sys.stderr.isatty()
    done = subprocess.run(command, env=variables, capture_output=quiet, text=True, pass_fds=(alone,))
    if done.returncode != 0:
        raise Failure(
            f"`{' '.join(command)}` failed" + (f":\n{done.stderr.strip()}" if quiet else ""),
            mend="mend what uv says (network, index, disk) and run ./ketu again; what it fetched is kept",
        )
