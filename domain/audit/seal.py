"""The seal of the access log: a chain over its entries, keyed outside the database, that shows any change of them.

Entries are sealed afterwards and in order, so that nobody who writes waits for it. Only what was written before the
oldest transaction still running is sealed: nothing can come in front of it any more, except by force.
"""

import hmac
import json
import os
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BATCH = 5_000
LOCK = "hashtext('ketu.audit.seal')"
BEGINNING = b"\0" * 32

PENDING = """
    SELECT event.id, event.transaction_id, to_jsonb(event)::text AS content FROM audit.event AS event
    WHERE (event.transaction_id, event.id) > ($1, $2)
      AND event.transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    ORDER BY event.transaction_id, event.id LIMIT $3
"""
LAST = "SELECT number, transaction_id, event_id, hash FROM audit.seal ORDER BY number DESC LIMIT 1"
ADD = """
    INSERT INTO audit.seal (number, event_id, transaction_id, hash)
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[])
"""
SEALED = """
    SELECT seal.number, seal.event_id, seal.hash, to_jsonb(event)::text AS content
    FROM audit.seal AS seal LEFT JOIN audit.event AS event ON event.id = seal.event_id ORDER BY seal.number
"""
UNSEALED = """
    SELECT event.id FROM audit.event AS event LEFT JOIN audit.seal AS seal ON seal.event_id = event.id
    WHERE seal.event_id IS NULL AND (event.transaction_id, event.id) < ($1, $2) ORDER BY event.id
"""


@dataclass(frozen=True, slots=True)
class Head:
    """The last link of the chain, kept beside the key ring too: there, nobody with the database alone cuts it off."""

    number: int = 0
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


async def seal_pending(connection: Any, key: bytes) -> Head | None:
    """Seal what is complete; the new head, or None where nothing was pending or another process is at it.

    The caller keeps the head once this returns; the entries are sealed by then.
    """
    head: Head | None = None
    while True:
        async with connection.transaction():
            await connection.execute("SET LOCAL timezone = 'UTC'")
            if not await connection.fetchval(f"SELECT pg_try_advisory_xact_lock({LOCK})"):
                return head
            last = await connection.fetchrow(LAST)
            number, transaction_id, event_id, link = last or (0, -1, -1, BEGINNING)
            pending = await connection.fetch(PENDING, transaction_id, event_id, BATCH)
            if not pending:
                return head
            links: list[bytes] = []
            for row in pending:
                link = _next(key, link, row["content"])
                links.append(link)
            numbers = list(range(number + 1, number + 1 + len(pending)))
            ids, transactions = [row["id"] for row in pending], [row["transaction_id"] for row in pending]
            await connection.execute(ADD, numbers, ids, transactions, links)
        head = Head(numbers[-1], link)
        if len(pending) < BATCH:
            return head


async def faults(connection: Any, key: bytes, head: Head) -> AsyncIterator[Fault]:
    """Walk the whole chain; what was changed, removed or inserted.

    head  the one that was kept outside the database
    """
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        await connection.execute("SET LOCAL timezone = 'UTC'")
        link, number, met_head = BEGINNING, 0, head.number == 0
        async for row in connection.cursor(SEALED, prefetch=BATCH):
            if row["number"] != number + 1:
                yield Fault(f"seals {number + 1} to {row['number'] - 1} were removed")
            number = row["number"]
            if row["content"] is None:
                yield Fault("an entry was removed", row["event_id"])
            elif not hmac.compare_digest(_next(key, link, row["content"]), row["hash"]):
                yield Fault("an entry or its seal was changed", row["event_id"])
            # Goes on from the stored link, so that one fault is told once.
            link = row["hash"]
            if number == head.number:
                met_head = True
                if link != head.hash:
                    yield Fault(f"the chain is another one than was sealed up to entry {number}", row["event_id"])
        if not met_head:
            yield Fault(f"the chain ends at {number}, but was sealed up to {head.number}: its end was removed")
        last = await connection.fetchrow(LAST)
        if last is not None:
            for row in await connection.fetch(UNSEALED, last["transaction_id"], last["event_id"]):
                yield Fault("an entry was inserted among sealed ones", row["id"])


def _next(key: bytes, link: bytes, content: str) -> bytes:
    return hmac.digest(key, link + content.encode(), "sha256")
