"""`./ketu audit`: whether the access log is as it was written."""

import asyncio
import json
from argparse import SUPPRESS, ArgumentParser, Namespace

from api.command import Group
from api.database import opened
from api.failure import Failure
from api.settings import Settings, add_flags

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
        "--json", action="store_true", default=False, help='Print {"sealed": …, "faults": [{"what", "event"}]}.'
    )


def run(arguments: Namespace, settings: Settings) -> int:
    with opened(settings) as settings:
        sealed, found = asyncio.run(_verified(settings))
    if arguments.json:
        told = [{"what": what, "event": event} for what, event in found]
        print(json.dumps({"sealed": sealed, "faults": told}, ensure_ascii=False, indent=2))
        return 1 if found else 0
    for what, event in found:
        print(f"✗ {what}" + (f": entry {event}" if event is not None else ""))
    if found:
        raise Failure(
            f"the access log is not as it was written: {len(found)} faults",
            mend="keep the database as it is, and compare it with a backup",
        )
    print(f"✓ {sealed} entries, all as they were written")
    return 0


async def _verified(settings: Settings) -> tuple[int, list[tuple[str, int | None]]]:
    import asyncpg

    from api.sealing import head_of
    from domain.audit.seal import Head, faults, seal_pending
    from domain.key_ring import open_key_ring
    from domain.shared.cipher import CipherError

    path = head_of(settings.key_ring)
    connection = await asyncpg.connect(str(settings.database_url))
    try:
        key = (await open_key_ring(settings.key_ring, connection)).audit_secret
        kept = Head.load(path)
        found = [(fault.what, fault.event_id) async for fault in faults(connection, key, kept)]
        if not found and (head := await seal_pending(connection, key)) is not None:
            head.save(path)
            kept = head
        return kept.number, found
    except CipherError as error:
        raise Failure(str(error), mend=error.mend) from error
    except asyncpg.UndefinedTableError as missing:
        raise Failure("the database has no tables of this version", mend="./ketu migrate, or ./ketu up") from missing
    finally:
        await connection.close()
