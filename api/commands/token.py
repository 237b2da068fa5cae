"""`./ketu token`: a short-lived token for a user of the sample bank."""

import asyncio
from argparse import ArgumentParser, Namespace
from datetime import timedelta

from api.command import Group
from api.commands.users import must_be_sample
from api.database import opened
from api.failure import Failure
from api.settings import Settings, add_flags, positive
from api.token_secret import token_secret

NAME = "token"
GROUP = Group.DATA
HELP = "Print a short-lived token for a user of a sample bank."
EXAMPLE = "./ketu token --user regional-beijing"


def configure(parser: ArgumentParser) -> None:
    add_flags(parser, "data", "database_url")
    parser.add_argument("--user", required=True, help="Name to sign in with; ./ketu users lists them.")
    parser.add_argument("--minutes", type=positive, default=60, help="How long the token is good for. Default: 60.")


def run(arguments: Namespace, settings: Settings) -> int:
    from api.authentication import Tokens, utc_now

    with opened(settings) as settings:
        asyncio.run(_must_exist(str(settings.database_url), arguments.user))
        tokens = Tokens(token_secret(settings))
    print(tokens.issue(arguments.user, lifetime=timedelta(minutes=arguments.minutes), now=utc_now()))
    return 0


async def _must_exist(database_url: str, username: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(database_url)
    try:
        await must_be_sample(connection)
        known = await connection.fetchval(
            "SELECT EXISTS (SELECT 1 FROM ketu.user_account WHERE username = $1 AND is_active)", username
        )
    finally:
        await connection.close()
    if not known:
        raise Failure(f"there is no user called {username}", mend="list them: ./ketu users")
