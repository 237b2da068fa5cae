"""`./ketu frontend`: build the explorer page."""

from argparse import ArgumentParser, Namespace

from api.command import Group
from api.progress import step
from api.settings import Settings

NAME = "frontend"
GROUP = Group.RUN
HELP = "Build the explorer page, if its sources changed; `up` does so by itself."
EXAMPLE = "./ketu frontend"


def configure(parser: ArgumentParser) -> None:
    pass


def run(arguments: Namespace, settings: Settings) -> int:
    from api import frontend

    with step("Explorer page") as building:
        frontend.build(building)
    return 0
