"""`./ketu schema`: write the schema as clients see it, the pages about it, and what is released."""

from argparse import ArgumentParser, Namespace

from api.command import Group
from api.settings import ROOT, Settings

NAME = "schema"
GROUP = Group.WORK
HELP = "Write schema/schema.graphql and docs/schema from the declared types; with --release, what is promised."
EXAMPLE = "./ketu schema && git diff schema/schema.graphql"

FILE = ROOT / "schema" / "schema.graphql"
RELEASED = ROOT / "schema" / "released.graphql"
HEADER = "# Written by `./ketu schema` from the types in schema/. Do not edit.\n\n"


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--release", action="store_true", help="keep it as schema/released.graphql, too")


def run(arguments: Namespace, settings: Settings) -> int:
    write()
    print(f"Wrote {FILE.relative_to(ROOT)} and docs/schema.")
    if arguments.release:
        RELEASED.write_text(FILE.read_text())
        print(f"Wrote {RELEASED.relative_to(ROOT)}: nothing of it may go before a release has called it deprecated.")
    return 0


def write() -> None:
    from api import schema_pages
    from schema.root import build_schema

    FILE.write_text(exported())
    schema_pages.write(build_schema())


def exported() -> str:
    """The schema in GraphQL's definition language."""
    from schema.root import build_schema

    return HEADER + build_schema().sdl
