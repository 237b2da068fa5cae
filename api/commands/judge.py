"""`./ketu judge`: random operations answered three ways and compared, for as long as asked."""

import signal
import subprocess
import sys
from argparse import ArgumentParser, Namespace

from api.command import Group
from api.settings import ROOT, Settings

NAME = "judge"
GROUP = Group.WORK
HELP = "Answer random operations three ways and compare; or seed faults and see who notices."
EXAMPLE = "./ketu judge --minutes 10 --seed 7"


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--minutes", type=float, help="how long: 1 unless said; with --faults, 0")
    parser.add_argument("--seed", type=int, default=1, help="of the first session; each further one has the next")
    parser.add_argument(
        "--faults",
        nargs="?",
        const="",
        metavar="TEXT",
        help="seed every fault, or those with TEXT in their name, and print who noticed it and how soon",
    )
    parser.add_argument("--json", action="store_true", help="the counts as JSON")


def run(arguments: Namespace, settings: Settings) -> int:
    words = ["--seed", str(arguments.seed)]
    words += ["--minutes", str(arguments.minutes)] if arguments.minutes is not None else []
    words += ["--faults", arguments.faults] if arguments.faults is not None else []
    words += ["--json"] if arguments.json else []
    # The judges are tests, which the product does not know; a process group of their own, so that Ctrl-C reaches them
    # once, through us, and they print what there is.
    command = [sys.executable, "-m", "tests.judges", *words]
    with subprocess.Popen(command, cwd=ROOT, process_group=0) as judges:
        try:
            return judges.wait()
        except KeyboardInterrupt:
            judges.send_signal(signal.SIGINT)
            return judges.wait()
