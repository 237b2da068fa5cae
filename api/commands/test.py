"""`./ketu test`: the tests, all or some."""

import subprocess
import sys
from argparse import ArgumentParser, Namespace

from api.command import Group
from api.settings import ROOT, Settings

NAME = "test"
GROUP = Group.WORK
HELP = "Run the tests: all of them, or those of a folder of tests/."
EXAMPLE = "./ketu test unit schema -k household"

PROCESSES = "3"
"""On two processors: tests of whole processes mostly wait for them."""


def configure(parser: ArgumentParser) -> None:
    folders = sorted(folder.name for folder in (ROOT / "tests").glob("[a-z]*/") if any(folder.rglob("test_*.py")))
    parser.add_argument("what", nargs="*", help=f"{', '.join(folders)}; or a path below tests/")
    parser.add_argument("-k", dest="words", metavar="WORDS", help="only tests whose names hold these words")
    parser.add_argument("-x", dest="first", action="store_true", help="stop at the first failure")


def run(arguments: Namespace, settings: Settings) -> int:
    chosen = [f"tests/{what.removeprefix('tests/')}" for what in arguments.what]
    narrowed = ["-k", arguments.words] if arguments.words else []
    narrowed += ["-x"] if arguments.first else []
    # Tests of one file share its fixtures, so they stay in one process; files with few tests take longest here, and are
    # not put off to the end.
    spread = ["-n", PROCESSES, "--dist", "loadfile", "--no-loadscope-reorder"]
    command = [sys.executable, "-m", "pytest", *spread, *narrowed, *chosen]
    return subprocess.run(command, cwd=ROOT, check=False).returncode
