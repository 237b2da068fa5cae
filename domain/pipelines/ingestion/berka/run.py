"""Loads a delivery of the Berka data set (PKDD'99): a real Czech bank, 1993 to 1998."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import asyncpg

from domain import tables
from domain.pipelines.ingestion.berka import batches, delivery, staging
from domain.pipelines.ingestion.berka.branches import store_branches
from domain.pipelines.ingestion.berka.contracts import CURRENCY, store_accounts, store_contracts, store_products
from domain.pipelines.ingestion.berka.customers import store_customers
from domain.pipelines.ingestion.berka.movements import close_days, store_movements
from domain.pipelines.ingestion.berka.rows import Keys
from domain.pipelines.ingestion.berka.staging import FileCount
from domain.pipelines.ingestion.berka.store import SOURCE
from domain.pipelines.ingestion.berka.ties import store_ties
from domain.pipelines.ingestion.lock import alone
from domain.pipelines.ingestion.refusal import LoadRefused
from domain.shared.cipher import KeyRing
from domain.source.service import prohibition_of
from domain.working_calendar.service import create as create_calendar
from domain.working_calendar.service import has_calendar

BANK = "Berka (PKDD'99)"
TIME_ZONE = "Europe/Prague"
CALENDAR = "Office hours"


@dataclass(frozen=True, slots=True)
class Report:
    """What a load did: rows by file, and whether the database held this very delivery already."""

    counts: list[FileCount]
    was_loaded: bool


async def load_berka(
    connection: asyncpg.Connection,
    folder: Path,
    *,
    key_ring: KeyRing,
    on_progress: Callable[[str], None] = lambda _: None,
    on_wait: Callable[[str], None] = lambda _: None,
) -> Report:
    """Load the delivery in `folder` in one transaction: all of it or nothing. Raises LoadRefused.

    reads   the eight .asc or .asc.gz files in `folder`
    writes  every table of the bank and staging.*; what the delivery does not change is left untouched
    """
    sources = delivery.find(folder)
    async with connection.transaction():
        await alone(connection, on_wait=on_wait)
        content_hash = delivery.content_hash(sources)
        if counts := await batches.counts_if_current(connection, content_hash):
            return Report(counts, was_loaded=True)
        await _refuse_another_bank(connection)
        await _refuse_prohibited(connection)
        await _count_ids_from_one(connection)
        await connection.execute("SET LOCAL work_mem = '64MB'")
        await staging.create_tables(connection)
        keys: Keys = {}
        counts = [
            await staging.stage(connection, source, keys=keys, key_ring=key_ring, on_progress=on_progress)
            for source in sources
        ]
        if delivery.content_hash(sources) != content_hash:
            raise LoadRefused(f"{folder} changed while it was read", mend="import it when it is complete")
        on_progress("storing")
        as_of = await _business_date(connection)
        await _store_bank(connection, business_date=as_of)
        await store_branches(connection, as_of=as_of)
        await store_products(connection, as_of=as_of)
        await store_customers(connection, as_of=as_of)
        await close_days(connection)
        await store_accounts(connection, as_of=as_of)
        await store_contracts(connection, as_of=as_of)
        await store_movements(connection, as_of=as_of)
        await store_ties(connection, as_of=as_of)
        await batches.record(connection, content_hash, counts, as_of=as_of)
    return Report(counts, was_loaded=False)


async def _refuse_another_bank(connection: asyncpg.Connection) -> None:
    name = await connection.fetchval("SELECT name FROM ketu.bank")
    if name is not None and not await batches.is_known_source(connection):
        raise LoadRefused(
            f"the database holds another bank already: {name!r}",
            mend="one database holds one bank: name an empty one with --database-url, or another --data folder",
        )


async def _refuse_prohibited(connection: asyncpg.Connection) -> None:
    if because := await prohibition_of(connection, SOURCE):
        raise LoadRefused(
            f"the register of sources prohibits {SOURCE!r}: {because}",
            mend="have the data stewards take the prohibition back, if it is no longer right",
        )


async def _count_ids_from_one(connection: asyncpg.Connection) -> None:
    """Tables that hold nothing yet give the id 1 next, whatever an interrupted load has used up."""
    for table in tables.metadata.sorted_tables:
        if "id" in table.columns and table.columns["id"].identity is not None:
            await connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{table.fullname}', 'id'), 1, false) "
                f"WHERE NOT EXISTS (SELECT FROM {table.fullname})"
            )


async def _business_date(connection: asyncpg.Connection) -> date:
    """The last day that the files tell of: anything opened, granted, issued or booked."""
    last = await connection.fetchval(
        """
        SELECT max(day) FROM (
            SELECT max(opened_on) AS day FROM berka_account
            UNION ALL SELECT max(granted_on) FROM berka_loan
            UNION ALL SELECT max(issued_on) FROM berka_card
            UNION ALL SELECT max(booked_on) FROM berka_trans
        ) AS days
        """
    )
    if last is None:
        raise LoadRefused("the delivery has no row with a date", mend="check that its files are the right ones")
    return last


async def _store_bank(connection: asyncpg.Connection, *, business_date: date) -> None:
    await connection.execute(
        """
        INSERT INTO ketu.bank AS stored (id, name, business_date, time_zone, base_currency, is_sample)
        VALUES (1, $1, $2, $3, $4, true)
        ON CONFLICT (id) DO UPDATE SET business_date = excluded.business_date
            WHERE stored.business_date < excluded.business_date
        """,
        BANK,
        business_date,
        TIME_ZONE,
        CURRENCY,
    )
    # Which days were holidays then, the files do not tell.
    if not await has_calendar(connection):
        await create_calendar(connection, name=CALENDAR, week={})
