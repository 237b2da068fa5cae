"""`./ketu token`: an access token for a user of the sample bank, without a password."""

from argparse import ArgumentParser, Namespace
from datetime import timedelta
from typing import Any

from api.administering import administered, key_ring_of
from api.command import Group
from api.commands.users import must_be_sample
from api.database import opened
from api.failure import Failure
from api.settings import Settings, add_flags, positive

NAME = "token"
GROUP = Group.DATA
HELP = "Print a short-lived token for a user of a sample bank."
EXAMPLE = "./ketu token --user regional-beijing"


def configure(parser: ArgumentParser) -> None:
    add_flags(parser, "data", "database_url")
    parser.add_argument("--user", required=True, help="Name to sign in with; ./ketu users lists them.")
    parser.add_argument("--minutes", type=positive, default=60, help="How long the token is good for. Default: 60.")


def run(arguments: Namespace, settings: Settings) -> int:
    with opened(settings) as settings:
        print(issued(settings, arguments.user, lifetime=timedelta(minutes=arguments.minutes)))
    return 0


def issued(settings: Settings, username: str, *, lifetime: timedelta) -> str:
    """A token of a session that this begins and that ends with it. Raises Failure."""
    from api.authentication import signed, utc_now
    from domain.user_account import sessions
    from domain.user_account.model import SignInMeans, SignInRules
    from domain.user_account.signing_keys import ensure_key, live_keys

    now = utc_now()

    async def issue(connection: Any) -> str:
        await must_be_sample(connection)
        account = await sessions.active_account(connection, username)
        if account is None:
            raise Failure(f"there is no user called {username}", mend="list them: ./ketu users")
        ring = await key_ring_of(settings, connection)
        await ensure_key(connection, ring, now=now)
        granted = await sessions.begin(
            connection,
            account,
            means=SignInMeans.COMMAND_LINE,
            origin=sessions.Origin(client="./ketu token"),
            rules=SignInRules(),
            now=now,
            expires_at=now + lifetime,
            is_refreshed=False,
        )
        key = (await live_keys(connection, ring, now=now))[0]
        return signed(granted, key=key, lifetime=lifetime, now=now)

    return administered(settings, issue)
