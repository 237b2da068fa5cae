"""Read the command, make the environment it needs, become `python -m api <command>`."""

import os
import sys
from pathlib import Path

from api import cli
from api.command import Group
from api.failure import Failure
from launcher import environment


def main(root: Path, words: list[str]) -> None:
    """Never returns. Help, and words that make no command, are answered before anything is installed."""
    command, _ = cli.parse(words)
    if command.GROUP == Group.HELP:
        sys.exit(cli.main(words))
    try:
        python = environment.ensure(root, development=command.GROUP == Group.WORK)
    except Failure as failure:
        sys.exit(f"ketu: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
    path = os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH")]))
    # -P: a folder named `api` where the command is typed must not be taken for ours.
    os.execve(python, [str(python), "-P", "-m", "api", *words], {**os.environ, "PYTHONPATH": path})
