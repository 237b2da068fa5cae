"""`./ketu users`: who can sign in to the sample bank."""

import asyncio
import json
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from api.command import Group
from api.database import opened
from api.failure import Failure
from api.settings import Settings, add_flags

if TYPE_CHECKING:
    import asyncpg

NAME = "users"
GROUP = Group.DATA
HELP = "List the sign-ins of a sample bank, with their roles and branches."
EXAMPLE = "./ketu users --json"

SIGN_INS = """
    SELECT account.username, staff.name, held.role, branch.name AS branch
    FROM ketu.user_account AS account
    JOIN ketu.staff AS staff ON staff.id = account.staff_id
    JOIN ketu.role_assignment AS held ON held.user_account_id = account.id
    JOIN ketu.branch AS branch ON branch.id = held.branch_id
    WHERE account.is_active
    ORDER BY branch.position, held.role, account.username
"""


def configure(parser: ArgumentParser) -> None:
    add_flags(parser, "data", "database_url")
    parser.add_argument("--json", action="store_true", help="Print a JSON list: user, name, roles, branches.")


def run(arguments: Namespace, settings: Settings) -> int:
    with opened(settings) as settings:
        users = asyncio.run(sign_ins(str(settings.database_url)))
    if arguments.json:
        print(json.dumps(users, ensure_ascii=False, indent=2))
        return 0
    width = max((len(user["user"]) for user in users), default=0)
    for user in users:
        held = ", ".join(f"{role} in {branch}" for role, branch in zip(user["roles"], user["branches"], strict=True))
        print(f"{user['user']:<{width}}  {held}")
    return 0


async def sign_ins(database_url: str) -> list[dict[str, Any]]:
    """Users in the order of the branch tree; `roles` and `branches` side by side. Raises Failure."""
    import asyncpg

    connection = await asyncpg.connect(database_url)
    try:
        await must_be_sample(connection)
        rows = await connection.fetch(SIGN_INS)
    finally:
        await connection.close()
    users: dict[str, dict[str, Any]] = {}
    for row in rows:
        new = {"user": row["username"], "name": row["name"], "roles": [], "branches": []}
        user = users.setdefault(row["username"], new)
        user["roles"].append(row["role"])
        user["branches"].append(row["branch"])
    return list(users.values())


async def must_be_sample(connection: "asyncpg.Connection") -> None:
    """Raises Failure where the database holds a real bank, or none."""
    exists = await connection.fetchval("SELECT to_regclass('ketu.bank') IS NOT NULL")
    is_sample = await connection.fetchval("SELECT bank.is_sample FROM ketu.bank AS bank") if exists else None
    if is_sample is None:
        raise Failure("the database holds no bank yet", mend="load one first: ./ketu up, or ./ketu import")
    if not is_sample:
        raise Failure(
            "the database is not marked as a sample: sign-ins are not handed out", mend="sign in through the API"
        )
