"""`./ketu users`: who may sign in."""

import asyncio
import json
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from api.administering import administered
from api.command import Group
from api.database import opened
from api.failure import Failure
from api.sample_password import sample_password
from api.settings import Settings, add_flags, positive

if TYPE_CHECKING:
    import asyncpg

    from domain.user_account.administration import RoleInBranch

NAME = "users"
GROUP = Group.DATA
HELP = "Add, disable and unlock users, give new passwords; list the sign-ins of a sample bank."
EXAMPLE = "./ketu users add wang.min --staff-no 10023 --role relationship_manager@1101"

SIGN_INS = """
    SELECT account.username, staff.name, held.role, branch.name AS branch
    FROM ketu.user_account AS account
    JOIN ketu.staff AS staff ON staff.id = account.staff_id
    JOIN ketu.role_assignment AS held ON held.user_account_id = account.id
    JOIN ketu.branch AS branch ON branch.id = held.branch_id
    WHERE account.is_active AND account.kind = 'STAFF'
    ORDER BY branch.position, held.role, account.username
"""
ACTIONS = {
    "add": "Add a user; prints a password for once.",
    "reset-password": "Give a new password for once and end all sessions.",
    "reset-second-factor": "Forget a lost authenticator and end all sessions.",
    "unlock": "Let somebody who failed too often try again at once.",
    "freeze-dormant": "Freeze the accounts that nobody has used for long; all their sessions end.",
    "unfreeze": "Put a frozen account back into use.",
    "disable": "Let nobody sign in as this user any more; all sessions end.",
    "require-second-factor": "Make a role need a second factor.",
    "waive-second-factor": "Let a role go without a second factor.",
}
DORMANT_AFTER = 90
"""Business days."""
OF_ROLES = ("require-second-factor", "waive-second-factor")


def configure(parser: ArgumentParser) -> None:
    add_flags(parser, "data", "database_url")
    parser.add_argument("--json", action="store_true", help="Print a JSON list: user, name, roles, branches.")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions (without one, the list)")
    for action, meaning in ACTIONS.items():
        # Its flags are those of the list as well: what was given before the action must survive it.
        acting = actions.add_parser(
            action, help=meaning, description=meaning, argument_default=SUPPRESS, allow_abbrev=False
        )
        add_flags(acting, "data", "database_url")
        if action == "freeze-dormant":
            acting.add_argument(
                "--dormant-after", type=positive, default=DORMANT_AFTER, metavar="DAYS",
                help="Business days since the last sign-in, or since it was made or put back into use. "
                f"Default: {DORMANT_AFTER}.",
            )  # fmt: skip
            continue
        acting.add_argument("name", metavar="ROLE" if action in OF_ROLES else "NAME")
        if action == "add":
            acting.add_argument("--staff-no", required=True, help="Number of the member of staff.")
            acting.add_argument(
                "--role", action="append", type=role_in_branch, default=[], metavar="ROLE@BRANCH_NO",
                help="Role and the number of the branch in which it is held; may be repeated.",
            )  # fmt: skip


def run(arguments: Namespace, settings: Settings) -> int:
    with opened(settings) as settings:
        if arguments.action == "freeze-dormant":
            print(_frozen(arguments.dormant_after, settings))
            return 0
        if arguments.action:
            print(_done(arguments, settings))
            return 0
        users = asyncio.run(sign_ins(str(settings.database_url)))
    if arguments.json:
        print(json.dumps(users, ensure_ascii=False, indent=2))
        return 0
    width = max((len(user["user"]) for user in users), default=0)
    for user in users:
        held = ", ".join(f"{role} in {branch}" for role, branch in zip(user["roles"], user["branches"], strict=True))
        print(f"{user['user']:<{width}}  {held}")
    if password := sample_password(settings):
        print(f"\nThe password of all of them, until they change it: {password}")
    return 0


def role_in_branch(text: str) -> "RoleInBranch":
    """`ROLE@BRANCH_NO`. Raises ValueError."""
    from domain.user_account.administration import RoleInBranch

    return RoleInBranch.read(text)


def _done(arguments: Namespace, settings: Settings) -> str:
    """Carry an action out; what to tell about it. Raises Failure."""
    from argon2 import PasswordHasher

    from api.authentication import utc_now
    from domain.audit.log import Actor
    from domain.user_account import administration
    from domain.user_account.dormancy import unfreeze
    from domain.user_account.model import AccountKind, SignInRules

    name, actor, now = arguments.name, Actor(), utc_now()
    password = administration.one_time_password()
    lifetime = SignInRules().one_time_password_lifetime
    one_time: dict[str, Any] = {
        "password_hash": PasswordHasher().hash(password),
        "password_expires_at": now + lifetime,
        "actor": actor,
        "now": now,
    }
    shown = f"{password}\n  → it is good once, for {lifetime.days} days; it is shown nowhere else"
    actions: dict[str, tuple[Callable[[Any], Any], str]] = {
        "add": (
            lambda c: administration.add_user(c, name, staff_no=arguments.staff_no, roles=arguments.role, **one_time),
            f"added; password: {shown}",
        ),
        "reset-password": (lambda c: administration.reset_password(c, name, **one_time), f"new password: {shown}"),
        "reset-second-factor": (
            lambda c: administration.reset_second_factor(c, name, actor=actor, now=now),
            "the authenticator is forgotten; whose role needs one enrols another at the next sign-in",
        ),
        "unlock": (lambda c: administration.unlock(c, name, actor=actor), "may try again"),
        "unfreeze": (
            lambda c: unfreeze(c, name, actor=actor, now=now),
            "may sign in again; it is dormant again after as many days without a sign-in",
        ),
        "disable": (
            lambda c: administration.disable(c, name, kind=AccountKind.STAFF, actor=actor, now=now),
            "disabled; all sessions have ended",
        ),
        "require-second-factor": (
            lambda c: administration.require_second_factor(c, name, is_required=True, actor=actor),
            "needs a second factor from the next sign-in on",
        ),
        "waive-second-factor": (
            lambda c: administration.require_second_factor(c, name, is_required=False, actor=actor),
            "goes without a second factor",
        ),
    }
    act, said = actions[arguments.action]
    administered(settings, act)
    return f"{name}: {said}"


def _frozen(dormant_after: int, settings: Settings) -> str:
    """Freeze what is dormant; what to tell about it. Raises Failure."""
    from api.authentication import utc_now
    from domain.audit.log import Actor
    from domain.user_account.dormancy import freeze_dormant

    names = administered(settings, lambda c: freeze_dormant(c, after=dormant_after, actor=Actor(), now=utc_now()))
    return "\n".join([f"{len(names)} accounts frozen", *names])


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
