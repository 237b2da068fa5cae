"""`./ketu schema`: write the schema as clients see it, and keep it as the one that is released."""

from argparse import ArgumentParser, Namespace

from api.command import Group
from api.settings import ROOT, Settings

NAME = "schema"
GROUP = Group.WORK
HELP = "Write schema/schema.graphql from the declared types; with --release, what is promised from now on."
EXAMPLE = "./ketu schema && git diff schema/schema.graphql"

FILE = ROOT / "schema" / "schema.graphql"
RELEASED = ROOT / "schema" / "released.graphql"
HEADER = "# Written by `./ketu schema` from the types in schema/. Do not edit.\n\n"


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--release", action="store_true", help="keep it as schema/released.graphql, too")


def run(arguments: Namespace, settings: Settings) -> int:
    write()
    print(f"Wrote {FILE.relative_to(ROOT)}.")
    if arguments.release:
        RELEASED.write_text(FILE.read_text())
        print(f"Wrote {RELEASED.relative_to(ROOT)}: nothing of it may go before a release has called it deprecated.")
    return 0


def write() -> None:
    FILE.write_text(exported())


def exported() -> str:
    """The schema in GraphQL's definition language."""
    from schema.root import build_schema

    return HEADER + build_schema().sdl
