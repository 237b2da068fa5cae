"""`./ketu services`: accounts by which programs of integrators sign in."""

import json
from argparse import SUPPRESS, ArgumentParser, Namespace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from api.administering import administered
from api.command import Group
from api.commands.users import role_in_branch
from api.database import opened
from api.settings import Settings, add_flags

NAME = "services"
GROUP = Group.DATA
HELP = "Add, renew, disable and list the accounts of integrators' programs."
EXAMPLE = (
    "./ketu services add statements --staff-no 10023 --role head_office_analyst@1 "
    "--purpose reporting --expires-on 2027-06-30"
)

DAYS_OF_OLD_SECRETS = 7


def configure(parser: ArgumentParser) -> None:
    add_flags(parser, "data", "database_url")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions (without one, the list)")
    for action, meaning in (
        ("add", "Add a service account; prints its secret."),
        ("renew", f"Give a new term and a new secret; the old ones stay good for {DAYS_OF_OLD_SECRETS} days."),
        ("disable", "Let nobody sign in by this account any more; all sessions end."),
    ):
        acting = actions.add_parser(
            action, help=meaning, description=meaning, argument_default=SUPPRESS, allow_abbrev=False
        )
        add_flags(acting, "data", "database_url")
        acting.add_argument("name", metavar="NAME")
        if action == "add":
            acting.add_argument("--staff-no", required=True, help="Number of the member of staff who answers for it.")
            acting.add_argument("--purpose", required=True, help="What it reads the graph for.")
            acting.add_argument(
                "--role", action="append", type=role_in_branch, required=True, metavar="ROLE@BRANCH_NO",
                help="Role and the number of the branch in which it is held; may be repeated.",
            )  # fmt: skip
        if action in ("add", "renew"):
            acting.add_argument(
                "--expires-on", type=date.fromisoformat, required=True, help="Last day (UTC), within a year."
            )


def run(arguments: Namespace, settings: Settings) -> int:
    with opened(settings) as settings:
        print(administered(settings, lambda connection: _carried_out(connection, arguments)))
    return 0


async def _carried_out(connection: Any, arguments: Namespace) -> str:
    from api.authentication import utc_now
    from domain.audit.log import Actor
    from domain.user_account import administration
    from domain.user_account.model import AccountKind

    actor, now = Actor(), utc_now()
    match arguments.action:
        case "add":
            secret = await administration.add_service(
                connection,
                arguments.name,
                staff_no=arguments.staff_no,
                roles=arguments.role,
                purpose=arguments.purpose,
                expires_at=_end_of(arguments.expires_on),
                actor=actor,
                now=now,
            )
        case "renew":
            secret = await administration.renew_service(
                connection,
                arguments.name,
                expires_at=_end_of(arguments.expires_on),
                old_secrets_end_at=now + timedelta(days=DAYS_OF_OLD_SECRETS),
                actor=actor,
                now=now,
            )
        case "disable":
            await administration.disable(connection, arguments.name, kind=AccountKind.SERVICE, actor=actor, now=now)
            return f"{arguments.name}: disabled; all sessions have ended"
        case _:
            return json.dumps(await administration.services(connection), default=str, ensure_ascii=False, indent=2)
    return f"client_id      {arguments.name}\nclient_secret  {secret}\n  → it is shown nowhere else"


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)
