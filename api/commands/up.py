"""`./ketu up`: everything, as a user meets it."""

import asyncio
import signal
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import ExitStack
from itertools import zip_longest

from api import migration
from api.command import Group
from api.commands import generate
from api.database import addressed, embedded
from api.failure import Failure
from api.loading import (
    Generated,
    delivery,
    generate_into_empty,
    load_delivery,
    load_sample_into_empty,
    wait_for_others,
)
from api.processes import ApiProcesses, listen
from api.progress import step
from api.sample_password import give_sample_password, sample_password
from api.settings import Settings, add_flags, positive

NAME = "up"
GROUP = Group.RUN
HELP = "Start everything: PostgreSQL, migrations, data, API."
EXAMPLE = "./ketu up --import berka:../shared/data/berka --with-staff"

SECONDS_BETWEEN_LOOKS = 0.2


def configure(parser: ArgumentParser) -> None:
    add_flags(parser, "host", "port", "workers", "data", "database_url", "replica_urls")
    bank = parser.add_mutually_exclusive_group()
    bank.add_argument(
        "--customers",
        type=positive,
        metavar="N",
        help=f"An empty database gets a generated bank of so many customers. Default: {generate.CUSTOMERS:,}.",
    )
    bank.add_argument(
        "--sample",
        action="store_true",
        help="An empty database gets the built-in sample of a dozen families, the same for everybody, instead.",
    )
    bank.add_argument(
        "--import", dest="delivery", type=delivery, metavar="SOURCE:DIR", help="Load this delivery, berka:DIR, instead."
    )
    parser.add_argument(
        "--seed",
        type=generate.whole,
        metavar="S",
        help=f"Of the generated bank; equal seeds and dates make equal banks. Default: {generate.SEED}.",
    )
    parser.add_argument(
        "--as-of",
        type=generate.day,
        metavar="DATE",
        help="The generated bank's business date. Default: yesterday.",
    )
    parser.add_argument("--with-staff", action="store_true", help="Add fictitious staff, so that somebody can sign in.")


def run(arguments: Namespace, settings: Settings) -> int:
    return stand(arguments, settings, on_look=must_live)


def stand(arguments: Namespace, settings: Settings, *, on_look: Callable[[ApiProcesses], None]) -> int:
    """Bring everything up and keep it so until Ctrl-C; `on_look` sees the API a few times a second. Raises Failure."""
    if (arguments.sample or arguments.delivery) and (arguments.seed is not None or arguments.as_of):
        raise Failure("--seed and --as-of are of generated banks", mend="leave them out, or --sample and --import")
    with ExitStack() as house:
        listening = house.enter_context(listen(settings.host, settings.port))
        server = house.enter_context(embedded(settings))
        settings = addressed(settings, server)
        with step("Migrations") as migrating:
            wait_for_others(settings, migrating)
            migration.upgrade(settings)
        load_bank(arguments, settings)
        with step("Sample password") as giving:
            given = give_sample_password(settings)
            giving.note(f"given to {given:,} users" if given else "nobody new")
        build_pages()
        with step("API"):
            api = house.enter_context(ApiProcesses(settings, listening))
            api.wait_until_ready()
        print(_welcome(settings, listening.getsockname()[1]), flush=True)
        try:
            while server is None or server.is_alive():
                on_look(api)
                time.sleep(SECONDS_BETWEEN_LOOKS)
        except KeyboardInterrupt:
            # A second Ctrl-C would leave half of the house standing.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            sys.stderr.write("Stopping.\n")
            return 0
        log = settings.data / "postgres" / "server.log"
        raise Failure("PostgreSQL ended", mend=f"run ./ketu up again, everything committed is kept; its log: {log}")


def load_bank(arguments: Namespace, settings: Settings) -> None:
    """Load what is asked for; unless it is a delivery, into an empty database alone. Raises Failure."""
    if arguments.delivery:
        load_delivery(settings, arguments.delivery, with_staff=arguments.with_staff)
    elif arguments.sample:
        load_sample_into_empty(settings)
    else:
        generate_into_empty(
            settings,
            Generated(
                arguments.customers or generate.CUSTOMERS,
                generate.SEED if arguments.seed is None else arguments.seed,
                arguments.as_of or generate.yesterday(),
            ),
        )


def must_live(api: ApiProcesses) -> None:
    if ended := api.ended():
        raise Failure(f"the API ended ({ended})", mend="run ./ketu up again; everything committed is kept")


def build_pages() -> None:
    """Build each page whose sources changed."""
    from api import frontend

    for page in frontend.PAGES:
        try:
            with step(page.title) as building:
                frontend.build(page, building)
        except Failure as failure:
            # The API serves as well without it; in the page's place stands how to build it.
            sys.stderr.write(f"{failure}\n")


SIGN_INS_SHOWN = 3
"""Per role; the rest is one command away."""


def _sign_ins(settings: Settings) -> list[str]:
    """A few users of each role, where the bank is a sample."""
    from api.commands.users import sign_ins

    try:
        users = asyncio.run(sign_ins(str(settings.database_url)))
    except Failure:
        return []
    by_role: dict[str, list[str]] = {}
    for user in users:
        for role in user["roles"]:
            by_role.setdefault(role, []).append(user["user"])
    width = max((len(role) for role in by_role), default=0)
    shown = [
        f"    {role:<{width}}  {', '.join(names[:SIGN_INS_SHOWN])}{' …' if len(names) > SIGN_INS_SHOWN else ''}"
        for role, names in by_role.items()
    ]
    password = sample_password(settings)
    where = "on the web page" if settings.web else "by POST /auth/sign-in"
    words = [
        *([f"{where} with a name below and the password {password}"] if password else []),
        "./ketu token --user NAME prints a token; ./ketu users lists all names",
    ]
    return ["", *(f"  {mark:<10} {said}" for mark, said in zip_longest(("Sign in",), words, fillvalue="")), *shown]


def _welcome(settings: Settings, port: int) -> str:
    host = settings.host
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    return "\n".join(
        [
            "",
            *([f"  Web        {address}/"] if settings.web else []),
            f"  GraphQL    {address}/graphql",
            *([f"  Explorer   {address}/explorer"] if settings.explorer else []),
            *_sign_ins(settings),
            "",
            "Ctrl-C stops everything.",
        ]
    )
