"""`./ketu generate`: fill an empty database with a believable bank in which nobody exists."""

import json
import sys
from argparse import ArgumentParser, Namespace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from api import migration
from api.command import Group
from api.database import opened
from api.failure import Failure
from api.loading import Generated, generate_bank
from api.settings import Settings, add_flags, positive

NAME = "generate"
GROUP = Group.DATA
HELP = "Fill an empty database with a generated bank: families, accounts, a year of transactions; nobody exists."
EXAMPLE = "./ketu generate --customers 20000 --seed 7"

CUSTOMERS, SEED = 10_000, 1
"""What a bank is like where nobody says anything else; so large that a first start takes some 15 s longer for it."""


def configure(parser: ArgumentParser) -> None:
    add_flags(parser, "data", "database_url")
    parser.add_argument(
        "--customers",
        type=positive,
        default=CUSTOMERS,
        metavar="N",
        help=f"How many there are. Default: {CUSTOMERS:,}.",
    )
    parser.add_argument(
        "--seed",
        type=whole,
        default=SEED,
        metavar="S",
        help=f"Equal seeds and dates make equal banks. Default: {SEED}.",
    )
    parser.add_argument(
        "--as-of",
        type=day,
        metavar="DATE",
        help="The bank's business date. Default: yesterday.",
    )
    parser.add_argument("--json", action="store_true", help="Print the counts as JSON and nothing else.")
    parser.add_argument(
        "--report", action="store_true", help="Print what the bank would look like, and write nothing to a database."
    )
    parser.add_argument(
        "--page", type=Path, metavar="FILE", help="Write a page of charts and tables that shows it, and nothing else."
    )


def run(arguments: Namespace, settings: Settings) -> int:
    bank = Generated(arguments.customers, arguments.seed, arguments.as_of or yesterday())
    if arguments.report or arguments.page:
        return _look(bank, arguments)
    with opened(settings) as settings:
        migration.upgrade(settings)
        report = generate_bank(settings, bank)
    if arguments.json:
        print(json.dumps(report.as_json(), indent=2))
        return 0
    for table, count in report.rows.items():
        print(f"{table:<18} {count:>12,}")
    print(f"{'together':<18} {report.total:>12,}  {report.rows_per_second:,.0f} rows/s")
    return 0


def yesterday() -> date:
    """Up to which a bank has closed its books: work that was begun then is still in time today."""
    from domain.pipelines.generation.truth.hours import TIME_ZONE

    return datetime.now(ZoneInfo(TIME_ZONE)).date() - timedelta(days=1)


def whole(text: str) -> int:
    """A whole number, 0 or above. Raises ValueError."""
    if not text.isascii() or not text.isdigit():
        raise ValueError("expected a whole number, 0 or above")
    return int(text)


def day(text: str) -> date:
    """A date as YYYY-MM-DD. Raises ValueError."""
    return date.fromisoformat(text)


def _look(bank: Generated, arguments: Namespace) -> int:
    from domain.pipelines.generation.portrait.page import page
    from domain.pipelines.generation.portrait.sight import Sight
    from domain.pipelines.generation.portrait.tables import report
    from domain.pipelines.generation.truth.plan import Plan

    try:
        plan = Plan(bank.customers, bank.seed, bank.as_of)
    except ValueError as problem:
        raise Failure(str(problem), mend="choose another --customers or --as-of") from problem
    sight = Sight.of(plan)
    if arguments.report:
        for table in report(sight):
            print(table)
    if arguments.page:
        try:
            arguments.page.write_text(page(sight), encoding="utf-8")
        except OSError as problem:
            raise Failure(f"the page cannot be written: {problem}", mend="name another file by --page") from problem
        sys.stderr.write(f"The page: {arguments.page}\n")
    return 0
