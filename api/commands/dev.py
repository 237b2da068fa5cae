"""`./ketu dev`: `up`, with the API started anew, and the pages built, whenever a source changes."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from api.command import Group
from api.commands import up
from api.processes import ApiProcesses
from api.settings import ROOT, Settings

NAME = "dev"
GROUP = Group.RUN
HELP = "Start everything, build the pages and start the API anew when a source changes."
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
        self.seen_of_pages = newest_of_pages()

    def __call__(self, api: ApiProcesses) -> None:
        is_changed = False
        if (now := newest_of_pages()) != self.seen_of_pages:
            self.seen_of_pages = now
            sys.stderr.write("A source of a page changed: building it anew.\n")
            up.build_pages()
            # It trusts the documents that the page had when it started.
            is_changed = True
        if (now := newest()) != self.seen:
            self.seen = now
            is_changed = True
        if is_changed:
            sys.stderr.write("A source changed: starting the API anew.\n")
            api.stop()
            api.start()
        elif ended := api.ended():
            sys.stderr.write(f"The API ended ({ended}): waiting for the next change.\n")
            api.stop()


def newest() -> tuple[int, int]:
    """Changes when a source of the API is edited, added or removed."""
    return _newest([file for folder in SOURCES for file in (ROOT / folder).rglob("*") if file.suffix in KINDS])


def newest_of_pages() -> tuple[int, int]:
    """Changes when a source of a page is."""
    from api import frontend

    return _newest([file for page in frontend.PAGES for file in page.sources()])


def _newest(files: list[Path]) -> tuple[int, int]:
    return len(files), max(map(_changed_at, files), default=0)


def _changed_at(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except FileNotFoundError:  # It was there when the folder was read.
        return 0
