"""`./ketu schema`: write the schema as clients see it."""

from argparse import ArgumentParser, Namespace

from api.command import Group
from api.settings import ROOT, Settings

NAME = "schema"
GROUP = Group.WORK
HELP = "Write schema/schema.graphql from the declared types."
EXAMPLE = "./ketu schema && git diff schema/schema.graphql"

FILE = ROOT / "schema" / "schema.graphql"
HEADER = "# Written by `./ketu schema` from the types in schema/. Do not edit.\n\n"


def configure(parser: ArgumentParser) -> None:
    pass


def run(arguments: Namespace, settings: Settings) -> int:
    write()
    print(f"Wrote {FILE.relative_to(ROOT)}.")
    return 0


def write() -> None:
    FILE.write_text(exported())


def exported() -> str:
    """The schema in GraphQL's definition language."""
    from schema.root import build_schema

    return HEADER + build_schema().sdl
