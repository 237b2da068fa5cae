"""`./ketu lock`: choose versions for pyproject.toml and write them down with their hashes."""

import re
import subprocess
import sys
import tomllib
from argparse import ArgumentParser, Namespace
from pathlib import Path

from api.command import Group
from api.failure import Failure
from api.progress import step
from api.settings import ROOT, Settings

NAME = "lock"
GROUP = Group.WORK
HELP = "Write requirements.lock and requirements-dev.lock from pyproject.toml, and the lock of the clients' generator."
EXAMPLE = "./ketu lock --upgrade"

# Only the run-time lock limits the development one, so that both name the same versions.
LOCKS = {
    "requirements.lock": ["pyproject.toml"],
    "requirements-dev.lock": ["pyproject.toml", "--group", "dev", "--constraints", "requirements.lock"],
    # What generates the Python client wants another graphql-core, and so an environment of its own.
    "frontend/clients/python/requirements.lock": ["frontend/clients/python/requirements.in"],
}


def unmet(root: Path = ROOT) -> list[str]:
    """Requirements of pyproject.toml that the locks do not meet, each with the lock and what it has instead."""
    from packaging.requirements import Requirement

    declared = tomllib.loads((root / "pyproject.toml").read_text())
    run, development = declared["project"]["dependencies"], declared["dependency-groups"]["dev"]
    found: list[str] = []
    for lock, wanted in (("requirements.lock", run), ("requirements-dev.lock", [*run, *development])):
        pinned = dict(re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", (root / lock).read_text(), re.MULTILINE))
        for requirement in map(Requirement, wanted):
            version = pinned.get(requirement.name)
            if version is None or version not in requirement.specifier:
                found.append(f"{lock}: {requirement} is wanted, {version or 'nothing'} is locked")
    return found


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that pyproject.toml allows")


def run(arguments: Namespace, settings: Settings) -> int:
    compile_ = [sys.executable, "-m", "uv", "pip", "compile", "--quiet"]
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
