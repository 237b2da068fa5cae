"""The seal of the access log: what is done to entries beside their writers is found."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from domain.audit.log import Actor, Event, record
from domain.audit.model import EventKind
from domain.audit.seal import SEALED_COLUMNS, Fault, Head, faults, seal_pending
from domain.audit.tables import event

pytestmark = pytest.mark.anyio

KEY = b"a key outside the database"


@pytest.fixture
async def connection(anyio_backend: str, fresh_database_url: str) -> AsyncIterator[Any]:
    """A database with twenty sealed entries; its triggers are off, as for whoever owns it."""
    opened = await asyncpg.connect(fresh_database_url)
    for number in range(20):
        event = Event(EventKind.ACCESS, "Look", customer_ids=[number], details={"b": 1, "a": [2]})
        await record(opened, Actor(1, 2, f"r{number}", "a test"), event)
    yield opened
    await opened.close()


async def found(connection: Any, head: Head, key: bytes = KEY) -> list[Fault]:
    """All that verifying says."""
    return [fault async for fault in faults(connection, key, head)]


COMPLETE = """SELECT bool_and(transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
              FROM audit.event WHERE id <= $1"""


async def sealed_up_to(connection: Any, number: int, key: bytes = KEY) -> Head:
    """The head, once so many entries are sealed, by five: transactions of other tests on this server hold it back."""
    deadline = time.monotonic() + 60
    while not await connection.fetchval(COMPLETE, number):
        assert time.monotonic() < deadline, f"never complete up to {number}"
        await asyncio.sleep(0.05)
    head = await seal_pending(connection, key, at_once=5)
    assert head is not None
    assert head.number == number
    return head


async def sealed(connection: Any) -> Head:
    """The head, once everything is sealed and the triggers that refuse changes are off."""
    head = await sealed_up_to(connection, 20)
    await connection.execute("SET session_replication_role = replica")
    return head


async def test_what_was_written_is_sealed_in_order_once(connection: Any):
    head = await sealed(connection)
    assert head.number == 20
    assert await seal_pending(connection, KEY) is None
    assert await found(connection, head) == []
    seals = await connection.fetch("SELECT number, event_ids FROM audit.seal ORDER BY number")
    assert [event_id for seal in seals for event_id in seal["event_ids"]] == list(range(1, 21))
    assert [seal["number"] for seal in seals] == [seal["event_ids"][-1] for seal in seals]
    assert len(seals) == 4


def test_a_digest_is_made_of_every_column():
    """A new column needs seals that say whether they know it: those before were made without."""
    assert [column.name for column in event.columns] == list(SEALED_COLUMNS)


async def test_what_comes_later_goes_on_from_there(connection: Any):
    first = await sealed(connection)
    await record(connection, Actor(), Event(EventKind.SIGN_IN, "signed in"))
    second = await sealed_up_to(connection, 21)
    assert await found(connection, second) == []
    assert await found(connection, first) == []


TAMPERED = {
    "changed": (
        "UPDATE audit.event SET purpose = 'another' WHERE id = 7",
        Fault("an entry was changed", 7),
    ),
    "details changed": (
        "UPDATE audit.event SET details = details || '{\"c\": 1}' WHERE id = 7",
        Fault("an entry was changed", 7),
    ),
    "time changed": (
        "UPDATE audit.event SET recorded_at = recorded_at + interval '1 microsecond' WHERE id = 7",
        Fault("an entry was changed", 7),
    ),
    "removed": ("DELETE FROM audit.event WHERE id = 7", Fault("an entry was removed", 7)),
    "inserted": (
        """INSERT INTO audit.event (id, transaction_id, kind, action) OVERRIDING SYSTEM VALUE
           SELECT 1000, transaction_id, 'ACCESS', 'Look' FROM audit.event WHERE id = 7""",
        Fault("an entry was inserted among sealed ones", 1000),
    ),
    "removed with its seal": (
        "WITH gone AS (DELETE FROM audit.event WHERE id BETWEEN 6 AND 10) DELETE FROM audit.seal WHERE number = 10",
        Fault("the seals of entries 6 to 10 were removed"),
    ),
    "the end cut off": (
        "WITH gone AS (DELETE FROM audit.event WHERE id > 15) DELETE FROM audit.seal WHERE number > 15",
        Fault("the chain ends at 15, but was sealed up to 20: its end was removed"),
    ),
    "taken out of its seal": (
        """WITH gone AS (DELETE FROM audit.event WHERE id = 7) UPDATE audit.seal
           SET event_ids = array_remove(event_ids, 7), digests = substr(digests, 1, 32) || substr(digests, 65)
           WHERE number = 10""",
        Fault("the seal of entries 7 to 10 was changed"),
    ),
    "changed with its digest": (
        """WITH changed AS (UPDATE audit.event SET purpose = 'another' WHERE id = 7) UPDATE audit.seal
           SET digests = substr(digests, 1, 32) || sha256('another') || substr(digests, 65) WHERE number = 10""",
        Fault("the seal of entries 6 to 10 was changed"),
    ),
    "two swapped": (
        """UPDATE audit.event SET customer_ids = ARRAY[CASE id WHEN 7 THEN 7 ELSE 6 END] WHERE id IN (7, 8)""",
        Fault("an entry was changed", 7),
    ),
}


@pytest.mark.parametrize("how", TAMPERED)
async def test_what_is_done_to_sealed_entries_is_found(connection: Any, how: str):
    head = await sealed(connection)
    statement, fault = TAMPERED[how]
    await connection.execute(statement)
    assert fault in await found(connection, head)


async def test_a_chain_made_anew_without_the_key_is_found(connection: Any):
    head = await sealed(connection)
    await connection.execute("UPDATE audit.event SET purpose = 'another' WHERE id = 7")
    await connection.execute("DELETE FROM audit.seal")
    await sealed_up_to(connection, 20, b"a key of the forger's own")
    assert len(await found(connection, head)) == 4 + 1


async def test_a_chain_made_anew_with_the_key_is_another_than_was_kept(connection: Any):
    head = await sealed(connection)
    await connection.execute("UPDATE audit.event SET purpose = 'another' WHERE id = 7")
    await connection.execute("DELETE FROM audit.seal")
    await sealed_up_to(connection, 20)
    assert [fault.what for fault in await found(connection, head)] == [
        "the chain is another one than was sealed up to entry 20"
    ]


async def test_an_entry_whose_transaction_still_runs_is_sealed_later(connection: Any, fresh_database_url: str):
    late = await asyncpg.connect(fresh_database_url)
    running = late.transaction()
    await running.start()
    await record(late, Actor(), Event(EventKind.CHANGE, "late"))
    await record(connection, Actor(), Event(EventKind.CHANGE, "later, and done"))
    await sealed_up_to(connection, 20)
    assert await seal_pending(connection, KEY) is None
    await running.commit()
    await late.close()
    assert await found(connection, await sealed_up_to(connection, 22)) == []
