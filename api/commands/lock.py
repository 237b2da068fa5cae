"""`./ketu lock`: choose versions for pyproject.toml and write them down with their hashes."""

import subprocess
import sys
from argparse import ArgumentParser, Namespace

from api.command import Group
from api.failure import Failure
from api.progress import step
from api.settings import ROOT, Settings

NAME = "lock"
GROUP = Group.WORK
HELP = "Write requirements.lock and requirements-dev.lock from pyproject.toml."
EXAMPLE = "./ketu lock --upgrade"

# Only the run-time lock limits the development one, so that both name the same versions.
LOCKS = {
    "requirements.lock": [],
    "requirements-dev.lock": ["--group", "dev", "--constraints", "requirements.lock"],
}


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that pyproject.toml allows")


def run(arguments: Namespace, settings: Settings) -> int:
    compile_ = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "pyproject.toml"]
    # Valid on every platform, and silent on which index this machine uses.
    style = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]
    style += ["--no-emit-index-url", "--no-emit-find-links"]
    upgrade = ["--upgrade"] if arguments.upgrade else []
    for lock, scope in LOCKS.items():
        with step(lock):
            command = [*compile_, *style, *upgrade, *scope, "--output-file", lock]
            done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            raise Failure(f"{lock} could not be written", mend="mend what uv says above, then run ./ketu lock again")
    return 0
