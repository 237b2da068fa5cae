"""Databases to try things in: made from a migrated template, gone afterwards. For tests and checks."""

import asyncio
import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from api import migration, postgres
from api.postgres import Server
from api.settings import ROOT, Settings

FOLDER = ROOT / ".ketu" / "test"
# Nothing here has to outlive a power cut. To drop a table, the whole cache is looked through.
OPTIONS = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=200",
    "shared_buffers=256MB",
)
TEMPLATE_PREFIX = "template_of_"


@contextmanager
def server() -> Iterator[Server]:
    """The server for tests; all test processes share one, and the last stops it."""
    with postgres.held(FOLDER, options=OPTIONS) as running:
        yield running


def migrated_template(running: Server) -> str:
    """The name of a database with every migration run; made once for one state of the sources."""
    return asyncio.run(_template(running))


@contextmanager
def database(running: Server, *, template: str = "template1") -> Iterator[str]:
    """The address of a new database copied from `template`, dropped afterwards."""
    name = f"scratch_{uuid.uuid4().hex[:12]}"
    execute(running.url("postgres"), f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    try:
        yield running.url(name)
    finally:
        execute(running.url("postgres"), f"DROP DATABASE {name} WITH (FORCE)")


def execute(url: str, statement: str) -> list[asyncpg.Record]:
    """Run one statement on a connection of its own, outside any transaction; its rows."""

    async def run() -> list[asyncpg.Record]:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetch(statement)
        finally:
            await connection.close()

    return asyncio.run(run())


async def _template(running: Server) -> str:
    name = f"{TEMPLATE_PREFIX}{_digest()}"
    connection = await asyncpg.connect(running.url("postgres"))
    try:
        # Test processes start together: one makes the template, the others wait for it.
        await connection.execute("SELECT pg_advisory_lock(1)")
        listed = "SELECT datname FROM pg_database WHERE starts_with(datname, $1)"
        templates = [row["datname"] for row in await connection.fetch(listed, TEMPLATE_PREFIX)]
        if name not in templates:
            for outdated in templates:
                await connection.execute(f"DROP DATABASE {outdated} WITH (FORCE)")
            half = f"{TEMPLATE_PREFIX}half_made"
            await connection.execute(f"CREATE DATABASE {half}")
            await asyncio.to_thread(migration.upgrade, Settings(database_url=running.url(half)))
            await connection.execute(f"ALTER DATABASE {half} RENAME TO {name}")
    finally:
        await connection.close()
    return name


def _digest() -> str:
    """Changes with any source that migrations, and the policy they end with, are made of."""
    digest = hashlib.sha256()
    sources = [*Path(ROOT, "migrations").rglob("*.py"), *Path(ROOT, "domain").rglob("*.py")]
    for file in sorted([*sources, *Path(ROOT, "authz", "policy").glob("*.csv")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
