"""The banks that are measured: generated once each in folders of their own, and filled with scores and segments."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import asyncpg

from api import migration
from api.database import opened
from api.loading import Generated, generate_into_empty
from api.progress import step
from api.settings import ROOT, Settings
from domain.run import service
from domain.run.model import RunKind
from domain.run.service import NewRun

FOLDER = ROOT / ".ketu" / "bench"
SEED, AS_OF = 1, date(2026, 10, 31)
NOW = datetime(2026, 10, 31, 20, tzinfo=UTC)
TOPIC = "bench"

MODEL = """
    INSERT INTO ketu.model_version (name, release, predicts, state, algorithm, data_from_on, data_until_on,
        tested_until_on, row_count, features, auc_ratio, metrics, trained_at)
    VALUES ('bench', '1', 'CHURN', 'CANDIDATE', 'none', '2025-01-01', '2026-06-30', '2026-09-30', 1, '{}', 0.5, '{}',
            $1)
    RETURNING id
"""
# Spread without any order, and the same each time.
SCORES = """
    INSERT INTO ketu.score (run_id, customer_id, predicts, product_id, value, percentile_ratio, reasons, position)
    SELECT $1::bigint, customer.id, said.predicts, NULL, said.value, said.value, '{}', customer.position
    FROM ketu.customer AS customer, LATERAL (VALUES
        ('CHURN', mod(abs(hashint8(customer.id)::bigint), 10000) / 10000.0),
        ('VALUE', mod(abs(hashint8extended(customer.id, 1)), 10000) / 10000.0),
        ('LOAN_DEFAULT', mod(abs(hashint8extended(customer.id, 2)), 10000) / 10000.0)) AS said (predicts, value)
"""
SEGMENTS = """
    INSERT INTO ketu.segment (name, name_sort_key, meaning, kind, state, owner_id)
    SELECT 'bench ' || number, 'bench ' || number, 'for the bench', 'MANUAL', 'ACTIVE', (SELECT min(id) FROM ketu.staff)
    FROM generate_series(1, 10) AS number
"""
MEMBERS = """
    INSERT INTO ketu.segment_membership (run_id, segment_id, customer_id, since_on)
    SELECT $1::bigint, segment.id, customer.id, DATE '2026-10-31'
    FROM ketu.customer JOIN ketu.segment ON mod(customer.id + segment.id, 5) = 0
"""


@dataclass(frozen=True)
class Bank:
    """One that is ready, and where its database answers."""

    customers: int
    settings: Settings


@contextmanager
def ready(settings: Settings, customers: int, folder: Path = FOLDER) -> Iterator[Bank]:
    """The bank of that size below `folder`, made when it is first asked for. Raises Failure."""
    with opened(replace(settings, data=folder / str(customers), database_url=None)) as there:
        migration.upgrade(there)
        generate_into_empty(there, Generated(customers, SEED, AS_OF))
        with step("Scores and segments") as filling:
            filling.note(asyncio.run(_fill(str(there.database_url))))
        yield Bank(customers, there)


async def _fill(url: str) -> str:
    """What a pipeline works out, one run of each; in one transaction, and once."""
    connection = await asyncpg.connect(url)
    try:
        if await connection.fetchval("SELECT EXISTS (SELECT FROM ketu.run WHERE state = 'PUBLISHED')"):
            return "there already"
        async with connection.transaction():
            scores = await _published(connection, RunKind.SCORING, SCORES)
            await connection.execute(SEGMENTS)
            members = await _published(connection, RunKind.SEGMENTATION, MEMBERS)
        # Otherwise it would be done in the midst of the measuring.
        await connection.execute("VACUUM (ANALYZE)", timeout=3_600)
        return f"{scores}, {members}"
    finally:
        await connection.close()


async def _published(connection: Any, kind: RunKind, statement: str) -> str:
    model = await connection.fetchval(MODEL, NOW) if kind is RunKind.SCORING else None
    run = await service.begin(connection, NewRun(kind, f"{TOPIC} {kind.name}", AS_OF, model), now=NOW)
    done = await connection.execute(statement, run, timeout=3_600)
    await service.publish(connection, run, now=NOW)
    return f"{int(done.split()[-1]):,} of {kind.name.lower()}"
