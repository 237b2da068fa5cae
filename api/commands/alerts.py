"""`./ketu alerts`: what raises alerts on suspicious use."""

from argparse import SUPPRESS, ArgumentParser, Namespace
from typing import Any

from api.administering import administered
from api.command import Group
from api.database import opened
from api.failure import Failure
from api.settings import Settings, add_flags, positive

NAME = "alerts"
GROUP = Group.DATA
HELP = "Set how much raises an alert on suspicious use; plant honeytokens; list both."
EXAMPLE = "./ketu alerts set VOLUME_HOUR 150"


def configure(parser: ArgumentParser) -> None:
    add_flags(parser, "data", "database_url")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions (without one, the thresholds)")
    for action, meaning in (
        ("set", "Set how much a rule takes."),
        ("honeytokens", "List the customers whom nobody has business with. Keep the list to yourself."),
        ("plant", "Make a customer a honeytoken: whoever is shown them raises an alert."),
        ("dig-up", "Make a honeytoken an ordinary customer again."),
    ):
        acting = actions.add_parser(
            action, help=meaning, description=meaning, argument_default=SUPPRESS, allow_abbrev=False
        )
        add_flags(acting, "data", "database_url")
        if action == "set":
            acting.add_argument("rule", metavar="RULE")
            acting.add_argument("threshold", type=positive, metavar="THRESHOLD")
        elif action != "honeytokens":
            acting.add_argument("customer_no", metavar="CUSTOMER_NO")


def run(arguments: Namespace, settings: Settings) -> int:
    with opened(settings) as settings:
        print(administered(settings, lambda connection: _carried_out(connection, arguments)))
    return 0


async def _carried_out(connection: Any, arguments: Namespace) -> str:
    """Do it; what to tell about it. Raises Failure, Unacceptable."""
    from domain.access_alert import service
    from domain.access_alert.model import RULES, AccessAlertRule
    from domain.audit.log import Actor

    match arguments.action:
        case "set":
            if arguments.rule not in AccessAlertRule.__members__:
                names = ", ".join(AccessAlertRule.__members__)
                raise Failure(f"there is no rule {arguments.rule}", mend=f"take one of {names}")
            rule = AccessAlertRule[arguments.rule]
            await service.set_threshold(connection, rule, arguments.threshold, actor=Actor())
            return f"{rule.name}: {arguments.threshold} {RULES[rule].unit}"
        case "honeytokens":
            return "\n".join(await service.planted(connection))
        case "plant":
            await service.plant(connection, arguments.customer_no, actor=Actor())
            return "planted"
        case "dig-up":
            await service.dig_up(connection, arguments.customer_no, actor=Actor())
            return "an ordinary customer again"
        case _:
            now = await service.thresholds(connection)
            return "\n".join(f"{rule.name:<16}  {now[rule]:>5} {RULES[rule].unit}: {rule.value}" for rule in RULES)
