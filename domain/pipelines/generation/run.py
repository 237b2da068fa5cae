"""Fills an empty database with a generated bank: each block is made while the one before it is written."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
import numpy as np
import pyarrow as pa
import sqlalchemy as sa

from domain.branch.tree import hold_tree
from domain.key_ring import open_key_ring
from domain.pipelines.generation.graph.around import AroundWriter
from domain.pipelines.generation.graph.bank import bank_rows
from domain.pipelines.generation.graph.block import WRITTEN, GraphWriter
from domain.pipelines.generation.graph.catalogue import delivery_rows
from domain.pipelines.generation.graph.dealings import DealingsWriter
from domain.pipelines.generation.graph.naming import Naming
from domain.pipelines.generation.graph.records import RecordWriter
from domain.pipelines.generation.graph.sealing import Sealer
from domain.pipelines.generation.graph.store import Store, opened
from domain.pipelines.generation.graph.ventures import VenturesWriter
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.world import World
from domain.pipelines.ingestion.lock import alone
from domain.pipelines.ingestion.refusal import LoadRefused
from domain.shared.cipher import KeyRing

Result = TypeVar("Result")
Rows = list[tuple[sa.Table, pa.Table]]


@dataclass(frozen=True, slots=True)
class Report:
    """What was written: rows by table, in order of writing; and the seconds of each step."""

    rows: dict[str, int]
    seconds: dict[str, float]

    @property
    def total(self) -> int:
        """Rows of all tables."""
        return sum(self.rows.values())

    @property
    def rows_per_second(self) -> float:
        """Rows of all tables, over all steps."""
        return self.total / max(sum(self.seconds.values()), 1e-9)

    def as_json(self) -> dict[str, Any]:
        """The report as scripts read it."""
        return {
            "rows": self.rows,
            "seconds": self.seconds,
            "total": self.total,
            "rows_per_second": self.rows_per_second,
        }


async def generate(
    database_url: str,
    plan: Plan,
    *,
    key_ring: Path,
    on_progress: Callable[[str], None] = lambda _: None,
    on_wait: Callable[[str], None] = lambda _: None,
) -> Report:
    """Fill an empty, migrated database with the bank of `plan`, in one transaction. Raises LoadRefused.

    key_ring  the file of keys that identifiers are sealed with; made where there is none yet
    """
    holding = await asyncpg.connect(database_url)
    reading = await asyncpg.connect(database_url)
    try:
        # This transaction touches no table, which the store could not change otherwise: it holds the locks that keep
        # others out, until the store's transaction has ended.
        async with holding.transaction():
            await alone(holding, on_wait=on_wait)
            await hold_tree(holding)
            if name := await reading.fetchval("SELECT name FROM ketu.bank"):
                raise LoadRefused(
                    f"the database holds the bank {name!r} already",
                    mend="a generated bank needs an empty database: name one with --database-url or --data",
                )
            ring = await open_key_ring(key_ring, reading)
            with opened(database_url) as store:
                report = await _fill(store, plan, ring, on_progress)
                # Without the locks, somebody else may be loading.
                await holding.execute("SELECT 1")
                await _in_thread(store.commit)
                return report
    finally:
        await reading.close()
        await holding.close()


async def _fill(store: Store, plan: Plan, ring: KeyRing, on_progress: Callable[[str], None]) -> Report:
    counts: Counter[str] = Counter()
    seconds: dict[str, float] = {}
    begun = time.monotonic()

    def lap(step: str) -> None:
        nonlocal begun
        now = time.monotonic()
        seconds[step] = now - begun
        begun = now

    world = World.of(plan)
    writer = graph_writer(world, ring)
    for table, rows in bank_rows(plan, world.organisation):
        counts[table.name] += await _in_thread(store.copy, table, rows)
    await _in_thread(store.set_references_aside, WRITTEN)
    lap("organisation")
    blocks = list(plan.blocks())
    making = asyncio.create_task(_in_thread(block_rows, world, writer, blocks[0]))
    try:
        for number, block in enumerate(blocks):
            made = await making
            if number + 1 < len(blocks):
                making = asyncio.create_task(_in_thread(block_rows, world, writer, blocks[number + 1]))
            for table, rows in made:
                counts[table.name] += await _in_thread(store.copy, table, rows)
            on_progress(so_far(plan, block, counts.total(), time.monotonic() - begun))
    finally:
        making.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await making
    lap("customers")
    await _in_thread(store.restore_references)
    lap("references")
    for table, rows in delivery_rows(plan, counts):
        await _in_thread(store.copy, table, rows)
    await _in_thread(store.finish)
    lap("statistics")
    return Report(dict(counts), seconds)


def so_far(plan: Plan, block: Block, rows: int, seconds: float) -> str:
    """How far a run is after `block`, how fast, and how long it will take if the rest is like what was so far."""
    done = block.first + block.count
    told = f"{done:,} of {plan.customers:,} customers, {rows:,} rows, {rows / max(seconds, 1e-9):,.0f} rows/s"
    # Firms come first, and have fewer rows than persons.
    persons = done - plan.firms
    if persons <= 0:
        return told
    minutes, rest = divmod(round(seconds / persons * (plan.persons - persons)), 60)
    return f"{told}, {minutes}:{rest:02d} min left"


def graph_writer(world: World, ring: KeyRing) -> GraphWriter:
    """What turns the facts of this world into rows."""
    bank = world.organisation
    branches = {table.name: rows for table, rows in bank_rows(world.plan, bank)}["branch"]
    offices = np.array([outlet.office for outlet in bank.outlets])
    positions = branches["position"].to_numpy().astype(np.int64)
    sealer = Sealer(ring)
    return GraphWriter(
        world.plan, sealer, Naming(), offices + 1, positions[offices], DealingsWriter(positions),
        VenturesWriter(sealer, positions), AroundWriter(RecordWriter(sealer, positions)),
    )  # fmt: skip


def block_rows(world: World, writer: GraphWriter, block: Block) -> Rows:
    """All rows of one block, whatever was made before it."""
    return list(writer.rows(block, world.facts(block)))


def all_rows(world: World, ring: KeyRing) -> Iterator[tuple[sa.Table, pa.Table]]:
    """The rows of the whole bank, in order of writing."""
    yield from bank_rows(world.plan, world.organisation)
    writer = graph_writer(world, ring)
    for block in world.plan.blocks():
        yield from block_rows(world, writer, block)


async def _in_thread(function: Callable[..., Result], *arguments: object) -> Result:
    """Run in a thread; whoever cancels this waits until the function has ended, so that nothing is used after."""
    running = asyncio.ensure_future(asyncio.to_thread(function, *arguments))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        with suppress(Exception):
            await running
        raise
