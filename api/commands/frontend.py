"""`./ketu frontend`: build the pages."""

from argparse import ArgumentParser, Namespace

from api.command import Group
from api.progress import step
from api.settings import Settings

NAME = "frontend"
GROUP = Group.RUN
HELP = "Build the web page and the explorer page, if their sources changed; `up` does so by itself."
EXAMPLE = "./ketu frontend"


def configure(parser: ArgumentParser) -> None:
    pass


def run(arguments: Namespace, settings: Settings) -> int:
    from api import frontend

    for page in frontend.PAGES:
        with step(page.title) as building:
            frontend.build(page, building)
    return 0
