"""The statements of the pages and how PostgreSQL carries them out, as a page of the documentation."""

import asyncio
import json
from typing import Any

import asyncpg

from api.settings import Settings
from authz.subjects import Readers
from bench.asking import UNSCOPED, Asked, asked_for
from bench.banks import ready
from bench.engine import engine_of
from bench.pages import PAGES, Page
from domain.shared.database import connect
from resolvers.context import GraphQLRequest

EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, COSTS OFF)"
EXECUTIONS = 3
"""The last one is told: what it reads is in memory by then."""


def told(settings: Settings, customers: int) -> str:
    """The page, for a reader of the whole bank. Raises Failure."""
    with ready(settings, customers) as bank:
        return asyncio.run(_told(bank.settings, customers))


async def _told(settings: Settings, customers: int) -> str:
    asked = await asked_for(str(settings.database_url))
    parts = [
        f"# Statements and plans at {customers:,} customers\n\n`./ketu bench --plans`: what each page of [the bench]"
        "(performance.md) sends for a reader of the whole bank, and how PostgreSQL carries it out once all it reads is "
        "in memory. What is planned once is shown by its kept plan.\n"
    ]
    for page in PAGES.values():
        statement, values, plans_anew = await _sent(settings, asked, page)
        plan = await _explained(str(settings.database_url), statement, values, plans_anew=plans_anew)
        parts.append(f"\n## {page.name}\n\n```sql\n{statement}\n```\n\n```text\n{plan}\n```\n")
    return "".join(parts)


async def _sent(settings: Settings, asked: Asked, page: Page) -> tuple[str, tuple[Any, ...], bool]:
    """What a page sends, its parameters, and whether it is planned for these."""
    database = await connect(str(settings.database_url), pool_size=1, statement_timeout_ms=60_000)
    try:
        reader = await Readers(database).called(asked.usernames[UNSCOPED])
        assert reader is not None, "whoever is asked for is a user"
        sent: list[tuple[str, tuple[Any, ...], bool]] = []
        for lists in (False, True):
            async with database.read(lists=lists) as connection:
                connection.add_query_logger(lambda record, lists=lists: sent.append((record.query, record.args, lists)))
        request = json.loads(page.ours(asked.anywhere.get(page.asks_by or "", [None])[:1])[0])
        query = GraphQLRequest(request["query"], request.get("variables", {}), None, reader)
        await engine_of(settings).execute(database, query)
        await asyncio.sleep(0)
        (one,) = sent
        return one
    finally:
        await database.close()


async def _explained(url: str, statement: str, values: tuple[Any, ...], *, plans_anew: bool) -> str:
    mode = "force_custom_plan" if plans_anew else "force_generic_plan"
    connection = await asyncpg.connect(url, server_settings={"jit": "off", "plan_cache_mode": mode})
    try:
        types = [each.name for each in (await connection.prepare(statement)).get_parameters()]
        taken = f" ({', '.join(types)})" if types else ""
        await connection.execute(f"PREPARE page{taken} AS {statement}")
        written = [
            await connection.fetchval(f"SELECT quote_nullable($1::{of}::text)", value)
            for of, value in zip(types, values, strict=True)
        ]
        given = f" ({', '.join(written)})" if written else ""
        for _ in range(EXECUTIONS - 1):
            await connection.execute(f"EXECUTE page{given}")
        return "\n".join(row[0] for row in await connection.fetch(f"{EXPLAIN} EXECUTE page{given}"))
    finally:
        await connection.close()
