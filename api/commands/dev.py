"""`./ketu dev`: `up`, with the API started anew whenever a source changes."""

import sys
from argparse import ArgumentParser, Namespace

from api.command import Group
from api.commands import up
from api.processes import ApiProcesses
from api.settings import ROOT, Settings

NAME = "dev"
GROUP = Group.RUN
HELP = "Start everything, and start the API anew when a source changes."
EXAMPLE = "./ketu dev --port 8001"

SOURCES = ("api", "schema", "resolvers", "authz", "domain")
KINDS = (".py", ".csv", ".conf")


def configure(parser: ArgumentParser) -> None:
    up.configure(parser)


def run(arguments: Namespace, settings: Settings) -> int:
    return up.stand(arguments, settings, on_look=Reloading())


class Reloading:
    """Starts the API anew after a change. Requests wait in the socket; a broken source waits to be mended."""

    def __init__(self) -> None:
        self.seen = newest()

    def __call__(self, api: ApiProcesses) -> None:
        if (now := newest()) != self.seen:
            self.seen = now
            sys.stderr.write("A source changed: starting the API anew.\n")
            api.stop()
            api.start()
        elif ended := api.ended():
            sys.stderr.write(f"The API ended ({ended}): waiting for the next change.\n")
            api.stop()


def newest() -> tuple[int, int]:
    """Changes when a source is edited, added or removed."""
    files = [file for folder in SOURCES for file in (ROOT / folder).rglob("*") if file.suffix in KINDS]
    return len(files), max(file.stat().st_mtime_ns for file in files)
