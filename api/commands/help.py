"""`./ketu help`: the commands, one command, or the settings."""

from argparse import ArgumentParser, Namespace

from api.command import Group
from api.settings import Settings, table

NAME = "help"
GROUP = Group.HELP
HELP = "List the commands, explain one of them, or list the settings (help settings)."
EXAMPLE = "./ketu help up"


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("topic", nargs="?", help="a command, or `settings`")


def run(arguments: Namespace, settings: Settings) -> int:
    # The list of commands names this module, so it is looked up when asked for.
    from api import cli

    if arguments.topic == "settings":
        print(table())
    elif arguments.topic:
        cli.parse([arguments.topic, "--help"])
    else:
        print(cli.overview(), end="")
    return 0
