"""`./ketu keys`: the keys that sign access tokens."""

from argparse import SUPPRESS, ArgumentParser, Namespace
from datetime import timedelta
from typing import Any

from api.administering import administered, key_ring_of
from api.command import Group
from api.database import opened
from api.settings import Settings, add_flags

NAME = "keys"
GROUP = Group.DATA
HELP = "Turn the keys that sign access tokens."
EXAMPLE = "./ketu keys rotate-signing"

ROTATE = "Sign by a new key from now on; running processes take it within seconds, and nobody is signed out."


def configure(parser: ArgumentParser) -> None:
    add_flags(parser, "data", "database_url")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    rotating = actions.add_parser(
        "rotate-signing", help=ROTATE, description=ROTATE, argument_default=SUPPRESS, allow_abbrev=False
    )
    add_flags(rotating, "data", "database_url")
    rotating.add_argument(
        "--at-once",
        action="store_true",
        default=False,
        help="After a theft: tokens of the old keys end now, and their holders refresh them.",
    )


def run(arguments: Namespace, settings: Settings) -> int:
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

    with opened(settings) as settings:
        print(f"Tokens are signed by the key {administered(settings, rotate)} from now on.")
    return 0
