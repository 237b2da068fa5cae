"""`./ketu keys`: the keys that sign access tokens, and those that personal data are sealed with."""

from argparse import SUPPRESS, ArgumentParser, Namespace
from datetime import timedelta
from typing import Any

from api.administering import administered, connected, key_ring_of
from api.command import Group
from api.database import opened
from api.progress import step
from api.settings import Settings, add_flags
from domain.shared.algorithm import AES, ALGORITHM_NAMES

NAME = "keys"
GROUP = Group.DATA
HELP = "Turn the keys that sign access tokens, and those that seal personal data."
EXAMPLE = "./ketu keys rotate-signing"

SIGNING = "Sign by a new key from now on; running processes take it within seconds, and nobody is signed out."
DATA = "Seal by a new key from now on; running processes take it at once, and older keys still open."
RESEAL = (
    "Seal what older keys sealed with the current one, while everything runs; then drop the older keys. "
    "Stopped at any moment, it goes on where it was when begun again."
)


def configure(parser: ArgumentParser) -> None:
    add_flags(parser, "data", "database_url")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(name: str, meaning: str) -> ArgumentParser:
        added = actions.add_parser(
            name, help=meaning, description=meaning, argument_default=SUPPRESS, allow_abbrev=False
        )
        add_flags(added, "data", "database_url")
        return added

    action("rotate-signing", SIGNING).add_argument(
        "--at-once",
        action="store_true",
        default=False,
        help="After a theft: tokens of the old keys end now, and their holders refresh them.",
    )
    action("rotate-data", DATA).add_argument(
        "--algorithm", choices=ALGORITHM_NAMES, default=AES, help=f"What the new key is for. Default: {AES}."
    )
    action("reseal", RESEAL)


def run(arguments: Namespace, settings: Settings) -> int:
    with opened(settings) as settings:
        match arguments.action:
            case "rotate-signing":
                print(f"Tokens are signed by the key {_rotated_signing(arguments, settings)} from now on.")
            case "rotate-data":
                print(f"Personal data are sealed by the key {_rotated_data(arguments, settings)} from now on.")
                print("Older keys open what they sealed, until ./ketu keys reseal has sealed it anew.")
            case _:
                _reseal(settings)
    return 0


def _rotated_signing(arguments: Namespace, settings: Settings) -> str:
    from api.authentication import utc_now
    from domain.user_account import signing_keys

    async def rotate(connection: Any) -> str:
        key = await signing_keys.rotate(
            connection,
            await key_ring_of(settings, connection),
            token_lifetime=timedelta(minutes=settings.access_token_minutes),
            now=utc_now(),
            at_once=arguments.at_once,
        )
        return key.key_id

    return administered(settings, rotate)


def _rotated_data(arguments: Namespace, settings: Settings) -> str:
    from domain.resealing import turn

    async def rotate(connection: Any) -> str:
        await key_ring_of(settings, connection)
        return (await turn(connection, settings.key_ring, algorithm=arguments.algorithm)).current

    return administered(settings, rotate)


def _reseal(settings: Settings) -> None:
    from domain.resealing import drop_unused, reseal

    async def check(connection: Any) -> None:
        await key_ring_of(settings, connection)

    administered(settings, check)
    with step("Seal anew") as sealing:

        async def work(connection: Any) -> int:
            def tell(column: str, count: int, total: int) -> None:
                sealing.update(f"{column}: {count:,} of {total:,}")

            return await reseal(connection, settings.key_ring, on_progress=tell)

        sealing.note(f"{connected(settings, work):,} values")
    with step("Drop older keys") as dropping:

        async def drop(connection: Any) -> list[str]:
            def tell() -> None:
                dropping.tell("somebody is sealing; waiting until they are done")

            return await drop_unused(connection, settings.key_ring, on_wait=tell)

        dropping.note(", ".join(connected(settings, drop)) or "there are none")
