"""`./ketu up`: everything, as a user meets it."""

import signal
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import ExitStack

from api import migration
from api.command import Group
from api.database import addressed, embedded
from api.failure import Failure
from api.processes import ApiProcesses, listen
from api.progress import step
from api.settings import Settings, add_flags

NAME = "up"
GROUP = Group.RUN
HELP = "Start everything: PostgreSQL, migrations, data, API."
EXAMPLE = "./ketu up --import berka:../shared/data/berka --with-staff"

SECONDS_BETWEEN_LOOKS = 0.2


def configure(parser: ArgumentParser) -> None:
    add_flags(parser, "host", "port", "workers", "data", "database_url")


def run(arguments: Namespace, settings: Settings) -> int:
    return stand(arguments, settings, on_look=must_live)


def stand(arguments: Namespace, settings: Settings, *, on_look: Callable[[ApiProcesses], None]) -> int:
    """Bring everything up and keep it so until Ctrl-C; `on_look` sees the API a few times a second. Raises Failure."""
    with ExitStack() as house:
        listening = house.enter_context(listen(settings.host, settings.port))
        server = house.enter_context(embedded(settings))
        settings = addressed(settings, server)
        with step("Migrations"):
            migration.upgrade(settings)
        _explorer_page()
        with step("API"):
            api = house.enter_context(ApiProcesses(settings, listening))
            api.wait_until_ready()
        print(_welcome(settings.host, listening.getsockname()[1]), flush=True)
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


def must_live(api: ApiProcesses) -> None:
    if ended := api.ended():
        raise Failure(f"the API ended ({ended})", mend="run ./ketu up again; everything committed is kept")


def _explorer_page() -> None:
    from api import frontend

    try:
        with step("Explorer page") as building:
            frontend.build(building)
    except Failure as failure:
        # The API serves as well without it; in the page's place stands how to build it.
        sys.stderr.write(f"{failure}\n")


def _welcome(host: str, port: int) -> str:
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    return "\n".join(
        [
            "",
            f"  GraphQL    {address}/graphql",
            f"  Explorer   {address}/explorer",
            "",
            "Ctrl-C stops everything.",
        ]
    )
