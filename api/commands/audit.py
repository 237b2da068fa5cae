"""`./ketu audit`: whether the access log is as it was written."""

import json
from argparse import SUPPRESS, ArgumentParser, Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from api.administering import connected, key_ring_of
from api.command import Group
from api.database import opened
from api.failure import Failure
from api.settings import Settings, add_flags

if TYPE_CHECKING:
    from domain.audit.seal import Fault

NAME = "audit"
GROUP = Group.DATA
HELP = "Verify the access log: find entries that were changed, removed or inserted."
EXAMPLE = "./ketu audit verify"

VERIFY = "Seal what is complete, walk the whole chain of seals, and say what does not fit; exit status 1 if anything."


def configure(parser: ArgumentParser) -> None:
    add_flags(parser, "data", "database_url")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    verifying = actions.add_parser(
        "verify", help=VERIFY, description=VERIFY, argument_default=SUPPRESS, allow_abbrev=False
    )
    add_flags(verifying, "data", "database_url")
    verifying.add_argument(
        "--json", action="store_true", default=False, help='Print {"sealed": …, "faults": [{"what", "event_id"}]}.'
    )


def run(arguments: Namespace, settings: Settings) -> int:
    with opened(settings) as settings:
        sealed, found = connected(settings, lambda connection: _verified(settings, connection))
    if arguments.json:
        print(json.dumps({"sealed": sealed, "faults": [asdict(fault) for fault in found]}, indent=2))
        return 1 if found else 0
    for fault in found:
        print(f"✗ {fault.what}" + (f": entry {fault.event_id}" if fault.event_id is not None else ""))
    if found:
        raise Failure(
            f"the access log is not as it was written: {len(found)} faults",
            mend="keep the database as it is, and compare it with a backup",
        )
    print(f"✓ {sealed} entries, all as they were written")
    return 0


async def _verified(settings: Settings, connection: Any) -> tuple[int, list["Fault"]]:
    from api.sealing import head_of
    from domain.audit.seal import Head, faults, seal_pending

    path = head_of(settings.key_ring)
    key = (await key_ring_of(settings, connection)).audit_secret
    kept = Head.load(path)
    found = [fault async for fault in faults(connection, key, kept)]
    if not found and (head := await seal_pending(connection, key)) is not None:
        head.save(path)
        kept = head
    return kept.number, found
