"""`./ketu import`: load a delivery of a source system."""

import json
from argparse import ArgumentParser, Namespace

from api import migration
from api.command import Group
from api.database import opened
from api.loading import SOURCES, Delivery, load_delivery
from api.settings import Settings, add_flags, folder

NAME = "import"
GROUP = Group.DATA
HELP = "Load a delivery of a source: all of its files or nothing; bad rows are kept with their reason."
EXAMPLE = "./ketu import berka ../shared/data/berka --with-staff"

COLUMNS = ("file", "read", "stored", "rejected")


def configure(parser: ArgumentParser) -> None:
    add_flags(parser, "data", "database_url")
    parser.add_argument("source", choices=SOURCES, help="What kind of delivery it is.")
    parser.add_argument("folder", type=folder, metavar="DIR", help="Folder of its files, plain or .gz.")
    parser.add_argument("--with-staff", action="store_true", help="Add fictitious staff, so that somebody can sign in.")
    parser.add_argument("--json", action="store_true", help="Print the counts as JSON and nothing else.")


def run(arguments: Namespace, settings: Settings) -> int:
    with opened(settings) as settings:
        migration.upgrade(settings)
        report = load_delivery(settings, Delivery(arguments.source, arguments.folder), with_staff=arguments.with_staff)
    counts = [count.as_json() for count in report.counts]
    if arguments.json:
        print(json.dumps(counts, indent=2))
        return 0
    width = max(len(count["file"]) for count in counts)
    print(f"{'file':<{width}} {'read':>10} {'stored':>10} {'rejected':>10}")
    for count in counts:
        print(f"{count['file']:<{width}} {count['read']:>10,} {count['stored']:>10,} {count['rejected']:>10,}")
    return 0
