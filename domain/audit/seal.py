"""The seal of the access log: a chain over its entries, keyed outside the database, that shows any change of them.

Entries are sealed afterwards and in order, so that nobody who writes waits for it, and many at once, so that it costs
next to nothing: a seal holds a digest of each of its entries, and one keyed link to the seal before. Only what was
written before the oldest transaction still running is sealed: nothing can come in front of it, except by force.
"""

import hmac
import json
import os
import secrets
import struct
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.audit.model import IS_COMPLETE

ENTRIES_IN_A_SEAL = 1_000
SEALS_AT_ONCE = 20
"""Read together while the chain is walked."""
LOCK = "hashtext('ketu.audit.seal')"
BEGINNING = b"\0" * 32
DIGEST_BYTES = 32

SEALED_COLUMNS = (
    "id", "recorded_at", "transaction_id", "kind", "action", "user_account_id", "staff_id", "request_id", "purpose",
    "concept", "row_id", "customer_ids", "details",
)  # fmt: skip
"""What a digest is made of. It cannot change for entries that are sealed already."""
DIGEST = f"sha256(convert_to(ROW({', '.join(f'event.{name}' for name in SEALED_COLUMNS)})::text, 'UTF8'))"
SETTINGS = "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'"
"""The text of a row depends on them."""

LAST = "SELECT number, transaction_id, event_ids[cardinality(event_ids)] AS event_id, hash " \
       "FROM audit.seal ORDER BY number DESC LIMIT 1"  # fmt: skip
PENDING = f"""
    SELECT array_agg(id ORDER BY transaction_id, id) AS event_ids, max(transaction_id) AS transaction_id,
           string_agg(digest, NULL ORDER BY transaction_id, id) AS digests
    FROM (SELECT event.id, event.transaction_id, {DIGEST} AS digest FROM audit.event AS event
          WHERE (event.transaction_id, event.id) > ($1, $2)
            AND {IS_COMPLETE}
          ORDER BY event.transaction_id, event.id LIMIT $3) AS pending
    HAVING count(*) > 0
"""  # noqa: S608 (names of our own)
ADD = "INSERT INTO audit.seal (number, transaction_id, event_ids, digests, hash) VALUES ($1, $2, $3, $4, $5)"
SEALED = f"""
    SELECT seal.*, found.ids AS found_ids, found.digests AS found_digests
    FROM audit.seal AS seal
    CROSS JOIN LATERAL (
        SELECT array_agg(event.id) AS ids, array_agg({DIGEST}) AS digests
        FROM audit.event AS event WHERE event.id = ANY(seal.event_ids)
    ) AS found
    ORDER BY seal.number
"""  # noqa: S608 (names of our own)
UNSEALED = """
    SELECT event.id FROM audit.event AS event
    LEFT JOIN (SELECT unnest(event_ids) AS id FROM audit.seal) AS sealed ON sealed.id = event.id
    WHERE sealed.id IS NULL AND (event.transaction_id, event.id) < ($1, $2) ORDER BY event.id
"""


@dataclass(frozen=True, slots=True)
class Head:
    """The last link of the chain, kept beside the key ring too: there, nobody with the database alone cuts it off."""

    number: int = 0
    """How many entries are sealed."""
    hash: bytes = BEGINNING

    @classmethod
    def load(cls, path: Path) -> "Head":
        """The head kept in a file; the beginning where there is none yet."""
        if not path.exists():
            return cls()
        kept = json.loads(path.read_text(encoding="utf-8"))
        return cls(kept["number"], bytes.fromhex(kept["hash"]))

    def save(self, path: Path) -> None:
        """Replace the file as a whole."""
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        with draft.open("w", encoding="utf-8") as file:
            json.dump({"number": self.number, "hash": self.hash.hex()}, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that was done to the log beside its writers."""

    what: str
    event_id: int | None = None


async def seal_pending(connection: Any, key: bytes, *, at_once: int = ENTRIES_IN_A_SEAL) -> Head | None:
    """Seal what is complete; the new head, or None where nothing was pending or another process is at it.

    The caller keeps the head once this returns; the entries are sealed by then.
    """
    head: Head | None = None
    while True:
        async with connection.transaction():
            await connection.execute(SETTINGS)
            if not await connection.fetchval(f"SELECT pg_try_advisory_xact_lock({LOCK})"):
                return head
            last = await connection.fetchrow(LAST)
            number, transaction_id, event_id, link = last or (0, -1, -1, BEGINNING)
            pending = await connection.fetchrow(PENDING, transaction_id, event_id, at_once)
            if pending is None:
                return head
            number += len(pending["event_ids"])
            link = _next(key, link, number, pending)
            await connection.execute(
                ADD, number, pending["transaction_id"], pending["event_ids"], pending["digests"], link
            )
        head = Head(number, link)
        if len(pending["event_ids"]) < at_once:
            return head


async def faults(connection: Any, key: bytes, head: Head) -> AsyncIterator[Fault]:
    """Walk the whole chain; what was changed, removed or inserted.

    head  the one that was kept outside the database
    """
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        await connection.execute(SETTINGS)
        link, number, met_head = BEGINNING, 0, head.number == 0
        async for row in connection.cursor(SEALED, prefetch=SEALS_AT_ONCE):
            first = row["number"] - len(row["event_ids"])
            if first != number:
                yield Fault(f"the seals of entries {number + 1} to {first} were removed")
            number = row["number"]
            if not hmac.compare_digest(_next(key, link, number, row), row["hash"]):
                yield Fault(f"the seal of entries {first + 1} to {number} was changed")
            for fault in _unlike(row):
                yield fault
            # Goes on from the stored link, so that one fault is told once.
            link = row["hash"]
            if number == head.number:
                met_head = True
                if link != head.hash:
                    yield Fault(f"the chain is another one than was sealed up to entry {number}")
        if not met_head:
            yield Fault(f"the chain ends at {number}, but was sealed up to {head.number}: its end was removed")
        last = await connection.fetchrow(LAST)
        if last is not None:
            for row in await connection.fetch(UNSEALED, last["transaction_id"], last["event_id"]):
                yield Fault("an entry was inserted among sealed ones", row["id"])


def _unlike(row: Any) -> Sequence[Fault]:
    """The entries of one seal that are not as their digests say."""
    found = dict(zip(row["found_ids"] or (), row["found_digests"] or (), strict=True))
    sealed = [row["digests"][at : at + DIGEST_BYTES] for at in range(0, len(row["digests"]), DIGEST_BYTES)]
    return [
        Fault("an entry was removed" if event_id not in found else "an entry was changed", event_id)
        for event_id, digest in zip(row["event_ids"], sealed, strict=False)
        if found.get(event_id) != digest
    ]


def _next(key: bytes, link: bytes, number: int, row: Any) -> bytes:
    """The link of a seal to the one before; number is that of its last entry."""
    ids = struct.pack(f">qq{len(row['event_ids'])}q", number, row["transaction_id"], *row["event_ids"])
    return hmac.digest(key, link + ids + row["digests"], "sha256")
