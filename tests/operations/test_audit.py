"""The seal of the access log: what is done to entries beside their writers is found."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from domain.audit.log import Actor, Event, record
from domain.audit.model import EventKind
from domain.audit.seal import Fault, Head, faults, seal_pending

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


async def sealed_up_to(connection: Any, number: int, key: bytes = KEY) -> Head:
    """The head, once so many entries are sealed: transactions of other tests on this server hold the seal back."""
    deadline = time.monotonic() + 60
    while (head := await seal_pending(connection, key)) is None or head.number < number:
        assert time.monotonic() < deadline, f"never sealed up to {number}"
        await asyncio.sleep(0.05)
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
    assert await connection.fetchval("SELECT bool_and(number = event_id) FROM audit.seal")


async def test_what_comes_later_goes_on_from_there(connection: Any):
    first = await sealed(connection)
    await record(connection, Actor(), Event(EventKind.SIGN_IN, "signed in"))
    second = await sealed_up_to(connection, 21)
    assert await found(connection, second) == []
    assert await found(connection, first) == []


TAMPERED = {
    "changed": (
        "UPDATE audit.event SET purpose = 'another' WHERE id = 7",
        Fault("an entry or its seal was changed", 7),
    ),
    "details changed": (
        "UPDATE audit.event SET details = details || '{\"c\": 1}' WHERE id = 7",
        Fault("an entry or its seal was changed", 7),
    ),
    "time changed": (
        "UPDATE audit.event SET recorded_at = recorded_at + interval '1 microsecond' WHERE id = 7",
        Fault("an entry or its seal was changed", 7),
    ),
    "removed": ("DELETE FROM audit.event WHERE id = 7", Fault("an entry was removed", 7)),
    "inserted": (
        """INSERT INTO audit.event (id, transaction_id, kind, action) OVERRIDING SYSTEM VALUE
           SELECT 1000, transaction_id, 'ACCESS', 'Look' FROM audit.event WHERE id = 7""",
        Fault("an entry was inserted among sealed ones", 1000),
    ),
    "removed with its seal": (
        "WITH gone AS (DELETE FROM audit.event WHERE id = 7) DELETE FROM audit.seal WHERE event_id = 7",
        Fault("seals 7 to 7 were removed"),
    ),
    "the end cut off": (
        "WITH gone AS (DELETE FROM audit.event WHERE id > 15) DELETE FROM audit.seal WHERE event_id > 15",
        Fault("the chain ends at 15, but was sealed up to 20: its end was removed"),
    ),
    "two swapped": (
        """UPDATE audit.event SET customer_ids = ARRAY[CASE id WHEN 7 THEN 7 ELSE 6 END] WHERE id IN (7, 8)""",
        Fault("an entry or its seal was changed", 7),
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
    assert len(await found(connection, head)) >= 20


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
