"""The access log under load: an answer's entry goes into this process's journal before the answer leaves, and from
there, with those of others, into the database.

Each journal is carried in order and each of its lines once: the transaction that adds entries also says how far the
journal has been carried. What a process leaves behind when it is killed is carried by the next one that starts.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path

import orjson
import structlog

from domain.audit.journal import Journal
from domain.audit.log import Actor, Event
from domain.audit.model import EventKind
from domain.shared.database import Database

SECONDS_BETWEEN = 0.25
"""Entries are carried so often, unless answers wait for it."""
SECONDS_AFTER_FAILURE = 1.0
BYTES_AT_ONCE = 1_000_000
MOST_WAITING = 64_000_000
"""Bytes that wait in a journal before answers wait, too."""
LONGEST = 64_000_000
"""Bytes after which a journal is followed by another."""

BEGIN = "INSERT INTO audit.journal (id, carried) VALUES ($1, 0)"
END = "DELETE FROM audit.journal WHERE id = $1"
CARRIED = "SELECT carried FROM audit.journal WHERE id = $1"
CARRY = f"""
    WITH moved AS (UPDATE audit.journal SET carried = $3 WHERE id = $1 AND carried = $2 RETURNING 1),
    added AS (
        INSERT INTO audit.event
            (recorded_at, kind, action, user_account_id, staff_id, request_id, purpose, customer_ids, details)
        SELECT recorded_at, '{EventKind.ACCESS.name}', action, user_account_id, staff_id, request_id, purpose,
               customer_ids, details
        FROM moved, json_to_recordset($4::json) AS entry (
            recorded_at timestamptz, action text, user_account_id bigint, staff_id bigint, request_id text,
            purpose text, customer_ids bigint[], details jsonb)
    )
    SELECT count(*) FROM moved
"""  # noqa: S608 (a name of our own)

log = structlog.get_logger()


@asynccontextmanager
async def opened(
    database: Database, folder: Path, *, waits: bool, now: Callable[[], datetime]
) -> AsyncIterator["AccessLog"]:
    """The access log of this process, once what others left behind in `folder` is carried.

    waits  an answer leaves only once its entry is in the database: for machines whose disk may not outlive them

    raises  OSError  where the folder cannot be written
    """
    for left in Journal.left_behind(folder):
        await _look_after(database, left)
    access_log = AccessLog(database, folder, await _begun(database, folder), waits=waits, now=now)
    carrying = asyncio.create_task(access_log.carry_on())
    try:
        yield access_log
    finally:
        carrying.cancel()
        with suppress(asyncio.CancelledError):
            await carrying
        await access_log.close()


class AccessLog:
    """Adds entries about who saw whom."""

    def __init__(
        self, database: Database, folder: Path, journal: Journal, *, waits: bool, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._folder = folder
        self._journal = journal
        self._waits = waits
        self._now = now
        self._appended = asyncio.Event()
        self._round: asyncio.Future[None] | None = None
        """What those wait for who wait until the journal is carried as far as it is written now."""

    @property
    def waiting(self) -> int:
        """Bytes in the journal that are not in the database yet."""
        return self._journal.written - self._journal.carried

    async def record(self, actor: Actor, event: Event) -> None:
        """Add one entry; it is safe once this returns.

        raises  OSError and what the database does  where it cannot be kept
        """
        entry = {
            "recorded_at": self._now(), "action": event.action, "user_account_id": actor.user_account_id,
            "staff_id": actor.staff_id, "request_id": actor.request_id, "purpose": actor.purpose,
            "customer_ids": event.customer_ids, "details": event.details,
        }  # fmt: skip
        self._journal.append(orjson.dumps(entry))
        self._appended.set()
        if self._waits or self.waiting > MOST_WAITING:
            if self._round is None:
                self._round = asyncio.get_running_loop().create_future()
            # Whoever stops waiting takes nobody else's round along.
            await asyncio.shield(self._round)

    async def carry_on(self) -> None:
        """Carry what is appended, until cancelled."""
        while True:
            await self._appended.wait()
            if not self._waits:
                await asyncio.sleep(SECONDS_BETWEEN)
            self._appended.clear()
            waited_for, self._round = self._round, None
            try:
                await _carry(self._database, self._journal)
                if self._journal.written > LONGEST:
                    await self._follow()
            except Exception as error:
                log.exception("access_log.not_carried", waiting_bytes=self.waiting)
                self._appended.set()
                if waited_for is not None:
                    waited_for.set_exception(error)
                    waited_for.exception()  # It is known, should nobody wait any more.
                await asyncio.sleep(SECONDS_AFTER_FAILURE)
            else:
                if waited_for is not None:
                    waited_for.set_result(None)

    async def _follow(self) -> None:
        """Go on with a new journal."""
        full, self._journal = self._journal, await _begun(self._database, self._folder)
        await _look_after(self._database, full)

    async def close(self) -> None:
        """Carry what is left; where that fails, the next process does."""
        try:
            await _look_after(self._database, self._journal)
        except Exception:
            log.exception("access_log.left_behind", waiting_bytes=self.waiting)


async def _begun(database: Database, folder: Path) -> Journal:
    journal = Journal.begun(folder)
    try:
        async with database.beside() as connection:
            await connection.execute(BEGIN, journal.id)
    except BaseException:
        journal.remove()
        journal.close()
        raise
    return journal


async def _look_after(database: Database, journal: Journal) -> None:
    """Carry what is left in a journal that nobody writes to any more, and remove it."""
    try:
        if not await _is_known(database, journal):
            # Of another database that had the same folder: its entries are not ours to add.
            log.warning("access_log.foreign_journal", journal=journal.id)
            return
        await _carry(database, journal)
        journal.remove()
    finally:
        journal.close()
    async with database.beside() as connection:
        await connection.execute(END, journal.id)


async def _is_known(database: Database, journal: Journal) -> bool:
    """Whether the database knows the journal; if so, the journal learns how far it was carried."""
    async with database.beside() as connection:
        carried = await connection.fetchval(CARRIED, journal.id)
    journal.carried = carried or 0
    return carried is not None


async def _carry(database: Database, journal: Journal) -> None:
    """Add what the journal holds by now to the log."""
    end = journal.written
    while journal.carried < end and (lines := journal.lines(BYTES_AT_ONCE)):
        reached = journal.carried + len(lines)
        entries = b"[" + lines[:-1].replace(b"\n", b",") + b"]"
        async with database.beside() as connection:
            has_moved = await connection.fetchval(CARRY, journal.id, journal.carried, reached, entries)
        if has_moved:
            journal.carried = reached
        elif not await _is_known(database, journal):
            # A connection may be lost after its commit; but nothing of ours removes the row.
            raise LookupError(f"the database does not know the journal {journal.id} any more")
