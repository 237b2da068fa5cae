"""Loading a bank into an open database: a delivery that somebody names, a generated one, or the built-in sample."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from api.failure import Failure
from api.progress import Step, step
from api.settings import Settings, folder

if TYPE_CHECKING:
    import asyncpg

    from domain.pipelines.generation.run import Report as GenerationReport
    from domain.pipelines.generation.truth.plan import Plan
    from domain.pipelines.ingestion.berka.run import Report

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Delivery:
    """Files of a source, as named on the command line."""

    source: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Generated:
    """A bank to be generated, as named on the command line."""

    customers: int
    seed: int
    as_of: date


SOURCES = ("berka",)


def delivery(text: str) -> Delivery:
    """`berka:DIR` as a delivery. Raises ValueError."""
    source, separator, path = text.partition(":")
    if source not in SOURCES or not separator or not path:
        raise ValueError(f"expected SOURCE:DIR with a source of {', '.join(SOURCES)}")
    return Delivery(source, folder(path))


def load_delivery(settings: Settings, named: Delivery, *, with_staff: bool) -> "Report":
    """Load the files of `named`, all of them or nothing; then the fictitious staff, if asked for. Raises Failure."""
    from domain.key_ring import open_key_ring
    from domain.pipelines.ingestion.berka.run import load_berka

    async def load(importing: Step) -> "Report":
        connection = await _connected(settings)
        try:
            ring = await open_key_ring(settings.key_ring, connection)
            return await load_berka(
                connection, named.folder, key_ring=ring, on_progress=importing.update, on_wait=importing.tell
            )
        finally:
            await connection.close()

    with step(f"Import {named.source}") as importing:
        report = _mendable(load, importing)
        rows = f"{sum(count.stored for count in report.counts):,} rows"
        importing.note(f"{rows}, nothing new" if report.was_loaded else rows)
    if with_staff:
        _add_staff(settings)
    return report


def _add_staff(settings: Settings) -> None:
    from domain.pipelines.ingestion.sample_staff import add_sample_staff

    async def add(adding: Step) -> str:
        connection = await _connected(settings)
        try:
            added = await add_sample_staff(connection, on_wait=adding.tell)
            return f"{added.staff:,} added, {added.assigned_customers:,} customers assigned"
        finally:
            await connection.close()

    with step("Sample staff") as adding:
        adding.note(_mendable(add, adding))


def generate_bank(settings: Settings, wanted: Generated) -> "GenerationReport":
    """Fill the empty database with the generated bank. Raises Failure."""
    plan = _plan(wanted)
    with step(f"Generate {plan.customers:,} customers") as generating:
        report = _mendable(lambda under_way: _generate(settings, plan, under_way), generating)
        laps = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in report.seconds.items())
        generating.note(f"{report.total:,} rows: {laps}")
    return report


def generate_into_empty(settings: Settings, wanted: Generated) -> None:
    """Generate a bank, unless the database holds one already. Raises Failure."""
    from domain.pipelines.ingestion.refusal import LoadRefused

    plan = _plan(wanted)

    async def load(loading: Step) -> str:
        if name := await _bank_name(settings):
            return f"{name}, loaded before"
        loading.tell(f"generating {plan.customers:,} customers")
        try:
            report = await _generate(settings, plan, loading)
        except LoadRefused:
            # It was empty a moment ago: another one that starts on this database may have filled it meanwhile.
            if name := await _bank_name(settings):
                return f"{name}, loaded by another process meanwhile"
            raise
        return f"客图银行, {plan.customers:,} customers, {report.total:,} rows"

    with step("Bank") as loading:
        loading.note(_mendable(load, loading))


def wait_for_others(settings: Settings, under_way: Step) -> None:
    """Say so where another load is at work on the database, and wait until it ends: it holds the tables."""
    from domain.pipelines.ingestion.lock import alone

    async def wait() -> None:
        connection = await _connected(settings)
        try:
            async with connection.transaction():
                await alone(connection, on_wait=under_way.tell)
        finally:
            await connection.close()

    asyncio.run(wait())


def _plan(wanted: Generated) -> "Plan":
    from domain.pipelines.generation.truth.plan import Plan

    try:
        return Plan(wanted.customers, wanted.seed, wanted.as_of)
    except ValueError as problem:
        raise Failure(str(problem), mend="choose other --customers, --seed or --as-of") from problem


async def _generate(settings: Settings, plan: "Plan", under_way: Step) -> "GenerationReport":
    from domain.pipelines.generation.run import generate

    return await generate(
        str(settings.database_url),
        plan,
        key_ring=settings.key_ring,
        on_progress=under_way.update,
        on_wait=under_way.tell,
    )


async def _bank_name(settings: Settings) -> str | None:
    connection = await _connected(settings)
    try:
        return await connection.fetchval("SELECT bank.name FROM ketu.bank AS bank")
    finally:
        await connection.close()


def load_sample_into_empty(settings: Settings) -> None:
    """Load the built-in sample, unless the database holds a bank already. Raises Failure."""
    from domain.key_ring import open_key_ring
    from domain.pipelines.ingestion.refusal import LoadRefused
    from domain.pipelines.ingestion.sample.run import load_sample

    async def load(loading: Step) -> str:
        connection = await _connected(settings)
        try:
            name = await connection.fetchval("SELECT bank.name FROM ketu.bank AS bank")
            if name is not None:
                return f"{name}, loaded before"
            ring = await open_key_ring(settings.key_ring, connection)
            counts = await load_sample(str(settings.database_url), key_ring=ring, on_wait=loading.tell)
        except LoadRefused:
            # It was empty a moment ago: another one that starts on this database has just filled it.
            return "loaded by another process meanwhile"
        finally:
            await connection.close()
        return f"the built-in sample, {counts['customer']} customers"

    with step("Bank") as loading:
        loading.note(_mendable(load, loading))


async def _connected(settings: Settings) -> "asyncpg.Connection":
    import asyncpg

    return await asyncpg.connect(str(settings.database_url))


def _mendable(load: Callable[[Step], Awaitable[Result]], under_way: Step) -> Result:
    """Run `load`; what it refuses becomes what a person can mend."""
    from domain.pipelines.ingestion.refusal import LoadRefused
    from domain.shared.cipher import CipherError

    async def run() -> Result:
        return await load(under_way)

    try:
        return asyncio.run(run())
    except (LoadRefused, CipherError) as refused:
        raise Failure(str(refused), mend=refused.mend) from refused
