"""The command line: which commands there are, in their order, and how their words are read."""

import os
import signal
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence

from api.command import Command, Group
from api.commands import (
    alerts,
    audit,
    bench,
    check,
    clients,
    dev,
    documents,
    frontend,
    generate,
    help,
    import_,
    judge,
    keys,
    lock,
    migrate,
    schema,
    serve,
    services,
    test,
    token,
    up,
    users,
)
from api.failure import Failure
from api.settings import Settings

COMMANDS: tuple[Command, ...] = (
    up,
    serve,
    dev,
    frontend,
    documents,
    migrate,
    import_,
    generate,
    users,
    services,
    token,
    keys,
    audit,
    alerts,
    check,
    test,
    judge,
    schema,
    clients,
    bench,
    lock,
    help,
)


def main(words: Sequence[str]) -> int:
    """Run the command that `words` name; returns its exit status."""
    command, arguments = parse(words)
    # What Ctrl-C does, a service manager and a closed terminal may ask for too: end in order. A shell script starts its
    # background commands deaf to SIGINT; we listen all the same, as somebody who sends it means us.
    for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, signal.default_int_handler)
    try:
        return command.run(arguments, Settings.read(os.environ, vars(arguments)))
    except Failure as failure:
        sys.stderr.write(f"ketu: {failure}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def parse(words: Sequence[str]) -> tuple[Command, Namespace]:
    """The command and its arguments. Exits, as argparse does, on `--help` and on words that make no command."""
    arguments = _parser().parse_args([*words] or [help.NAME])
    return next(command for command in COMMANDS if arguments.command == command.NAME), arguments


def overview() -> str:
    """All commands in their groups."""
    lines = ["Ketu 客图: the customer graph of a retail bank.", "", "Usage: ./ketu COMMAND [options]", ""]
    for group in Group:
        members = [command for command in COMMANDS if group is command.GROUP]
        if members:
            lines += [group.value, *(f"  {command.NAME:<10}{command.HELP}" for command in members), ""]
    lines.append("Options and an example of a command: ./ketu COMMAND --help")
    return "\n".join(lines) + "\n"


class _Overview(ArgumentParser):
    def format_help(self) -> str:
        return overview()


def _parser() -> ArgumentParser:
    parser = _Overview(prog="./ketu", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=ArgumentParser)
    for command in COMMANDS:
        command.configure(
            commands.add_parser(
                command.NAME,
                description=command.HELP,
                epilog=f"Example:\n  {command.EXAMPLE}",
                formatter_class=RawDescriptionHelpFormatter,
                allow_abbrev=False,
            )
        )
    return parser
