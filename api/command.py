"""What a command is."""

from argparse import ArgumentParser, Namespace
from enum import StrEnum
from typing import Protocol

from api.settings import Settings


class Group(StrEnum):
    """Headings of `./ketu help`. Commands of `WORK` run in the development environment."""

    RUN = "Run"
    DATA = "Data"
    WORK = "Work on Ketu"
    HELP = "Help"


class Command(Protocol):
    """What each module in `api/commands` offers."""

    @property
    def NAME(self) -> str: ...

    @property
    def GROUP(self) -> Group: ...

    @property
    def HELP(self) -> str: ...

    @property
    def EXAMPLE(self) -> str: ...

    def configure(self, parser: ArgumentParser, /) -> None:
        """Add the command's own arguments."""
        ...

    def run(self, arguments: Namespace, settings: Settings, /) -> int:
        """Do it; the number is the exit status. Raises Failure."""
        ...
