"""Read the command, make the environment it needs, become `python -m api <command>`."""

import os
import sys
from pathlib import Path

from api import cli
from api.command import Group
from api.failure import Failure
from api.launcher import environment, index


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
    # -P: a folder named `api` where the command is typed must not be taken for ours.
    os.execve(python, [str(python), "-P", "-m", "api", *words], _variables(root))


def _variables(root: Path) -> dict[str, str]:
    """The environment of the command: it finds our packages, and npm trusts the certificates that pip does."""
    variables = dict(os.environ)
    variables["PYTHONPATH"] = os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH")]))
    if certificates := index.configured(os.environ, home=Path.home()).certificates:
        variables.setdefault("NODE_EXTRA_CA_CERTS", certificates)
    return variables
