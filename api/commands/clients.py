"""`./ketu clients`: build the clients that integrators install."""

from argparse import ArgumentParser, Namespace

from api.command import Group
from api.progress import step
from api.settings import ROOT, Settings, folder

NAME = "clients"
GROUP = Group.WORK
HELP = "Build the Python and TypeScript clients from the schema, as a wheel and an npm package."
EXAMPLE = "./ketu clients --out dist/clients"


def configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=folder, default=ROOT / "dist" / "clients", metavar="DIR",
        help="Folder for python/ and typescript/; dist/clients unless said.",
    )  # fmt: skip


def run(arguments: Namespace, settings: Settings) -> int:
    from api import clients

    made = []
    with step("Python client") as building:
        made += clients.build_python(arguments.out / "python", building)
    with step("TypeScript client") as building:
        made += clients.build_typescript(arguments.out / "typescript", building)
    for file in made:
        print(f"  {file}")
    return 0
