"""How fast banks are filled beside copying their finished rows: the generator, and the import of a delivery.

Both ways fill an empty, migrated database with equal indexes, constraints and triggers, each in one transaction.
"""

import asyncio
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import asyncpg
import psutil

from api import scratch
from api.loading import Delivery, Generated, generate_bank, load_delivery
from api.postgres import Server
from api.progress import step
from api.settings import Settings
from bench.banks import AS_OF, SEED
from domain.pipelines.generation.graph.store import FOLLOWS
from domain.shared.columns import SCHEMA
from domain.tables import metadata

BY_TRIGGERS = {"alert_badge", "customer_name_part"}
TABLES = [table.name for table in metadata.sorted_tables if table.schema == SCHEMA and table.name not in BY_TRIGGERS]
"""That are written to, each after those it refers to."""

INDEXES = """
    SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
    WHERE NOT indisunique AND relnamespace = $1::regnamespace
      AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = indexrelid)
"""

Fill = Callable[[Settings], object]


@dataclass(frozen=True)
class Loaded:
    """How one bank came in; medians of rounds."""

    name: str
    rows: int
    seconds: float
    share: float
    """Rows a second beside those of COPY."""
    index_cost: float
    """What COPY takes beside itself without the indexes that only make pages fast."""
    mb: int
    """At most, of this process and of PostgreSQL, shared pages split among their users."""


def measure(
    settings: Settings, customers: int, delivery: Delivery | None, rounds: int, *, on_progress: Callable[[Loaded], None]
) -> None:
    """Generate so many customers, and import the delivery, each in `rounds` new databases. Raises Failure."""
    ways: dict[str, Fill] = {
        f"{customers:,} generated": lambda at: generate_bank(at, Generated(customers, SEED, AS_OF))
    }
    if delivery is not None:
        ways[delivery.source] = lambda at: load_delivery(at, delivery, with_staff=False)
    with scratch.server() as server:
        template = scratch.migrated_template(server)
        for name, fill in ways.items():
            on_progress(_medians([_round(server, template, settings, name, fill) for _ in range(rounds)]))


def _medians(found: Sequence[Loaded]) -> Loaded:
    middle = {
        name: statistics.median(getattr(one, name) for one in found) for name in ("seconds", "share", "index_cost")
    }
    return replace(found[0], **middle, mb=max(one.mb for one in found))


def _round(server: Server, template: str, settings: Settings, name: str, fill: Fill) -> Loaded:
    """The filled database is gone before its rows are copied."""
    with tempfile.TemporaryDirectory() as there:
        folder = Path(there)
        with scratch.database(server, template=template) as url:
            at = replace(settings, database_url=url, data=folder)
            brought = asyncio.run(_counts(url))
            begun = time.monotonic()
            with _watched(server) as most:
                fill(at)
            filling = time.monotonic() - begun
            counts = asyncio.run(_counts(url))
            # What migrations bring is in the other database, too.
            rows = {table: count for table, count in counts.items() if count and not brought[table]}
            asyncio.run(_export(url, rows, folder))
        copying = []
        for way in ("The same by COPY", "Without indexes"):
            with scratch.database(server, template=template) as url, step(way):
                if copying:
                    asyncio.run(_drop_indexes(url))
                begun = time.monotonic()
                asyncio.run(_copy(url, rows, folder))
                copying.append(time.monotonic() - begun)
    return Loaded(name, sum(rows.values()), filling, copying[0] / filling, copying[0] / copying[1], most[0])


async def _counts(url: str) -> dict[str, int]:
    connection = await asyncpg.connect(url)
    try:
        return {
            table: await connection.fetchval(f"SELECT count(*) FROM {SCHEMA}.{table}", timeout=3_600)
            for table in TABLES
        }
    finally:
        await connection.close()


async def _export(url: str, rows: dict[str, int], folder: Path) -> None:
    """Write the rows of each table to a file, as COPY reads them fastest."""
    connection = await asyncpg.connect(url)
    for table in rows:
        await connection.copy_from_table(
            table, schema_name=SCHEMA, output=folder / table, format="binary", timeout=3_600
        )
    await connection.close()


async def _copy(url: str, rows: dict[str, int], folder: Path) -> None:
    """Copy the files in one transaction."""
    connection = await asyncpg.connect(url)
    async with connection.transaction():
        await _set(connection, "DISABLE")
        # Here, references are looked up.
        for table in rows:
            await connection.copy_to_table(
                table, schema_name=SCHEMA, source=folder / table, format="binary", timeout=3_600
            )
        await _set(connection, "ENABLE")
    await connection.close()


async def _drop_indexes(url: str) -> None:
    """All but those that rows are held to."""
    connection = await asyncpg.connect(url)
    for (index,) in await connection.fetch(INDEXES, SCHEMA):
        await connection.execute(f"DROP INDEX {index}")
    await connection.close()


async def _set(connection: Any, how: str) -> None:
    for table, trigger in FOLLOWS:
        await connection.execute(f"ALTER TABLE {table} {how} TRIGGER {trigger}")


@contextmanager
def _watched(server: Server) -> Iterator[list[int]]:
    """Look once a second at the memory of this process and of PostgreSQL: the most so far, in MB."""
    done, most = threading.Event(), [0]

    def look() -> None:
        here, postmaster = psutil.Process(os.getpid()), psutil.Process(server.pid)
        while not done.wait(1):
            most[0] = max(most[0], sum(map(_mb, [here, postmaster, *postmaster.children()])))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield most
    finally:
        done.set()
        looking.join()


def _mb(process: psutil.Process) -> int:
    try:
        return process.memory_full_info().pss // 1_000_000
    except psutil.Error:  # It has just ended.
        return 0
