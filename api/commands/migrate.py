"""`./ketu migrate`: bring the database to this version's tables, or say where it differs."""

from argparse import ArgumentParser, Namespace

from api import migration
from api.command import Group
from api.database import opened
from api.failure import Failure
from api.progress import step
from api.settings import Settings, add_flags

NAME = "migrate"
GROUP = Group.RUN
HELP = "Run the migrations that the database has not seen."
EXAMPLE = "./ketu migrate --check --database-url postgresql://ketu@db/ketu"


def configure(parser: ArgumentParser) -> None:
    add_flags(parser, "database_url", "data")
    parser.add_argument("--check", action="store_true", help="change nothing; say where tables and declarations differ")


def run(arguments: Namespace, settings: Settings) -> int:
    with opened(settings) as settings:
        if arguments.check:
            if difference := migration.drift(settings):
                raise Failure(difference, mend="run ./ketu migrate, or write the migration that is missing")
            print("The database has the declared tables.")
        else:
            with step("Migrations"):
                migration.upgrade(settings)
    return 0
