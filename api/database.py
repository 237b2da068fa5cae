"""The database a command works on: the one it is told, or the embedded one for as long as it is needed."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from api.failure import Failure
from api.progress import step
from api.settings import Settings

if TYPE_CHECKING:
    from api.postgres import Server

SECONDS_TO_CONNECT = 10
OLDEST_VERSION = 16


@contextmanager
def opened(settings: Settings) -> Iterator[Settings]:
    """The settings with the address of a database that answers. Raises Failure."""
    with embedded(settings) as server:
        yield addressed(settings, server)


@contextmanager
def embedded(settings: Settings) -> Iterator["Server | None"]:
    """The embedded server, kept up until the block ends; None where the settings name a database. Raises Failure."""
    with ExitStack() as held:
        if settings.database_url:
            with step("PostgreSQL") as reaching:
                reaching.note(f"version {asyncio.run(_version(settings.database_url))}")
            yield None
        else:
            from api import postgres

            with step("PostgreSQL") as starting:
                server = held.enter_context(postgres.held(settings.data))
                starting.note("already running" if server.was_running else "started")
            yield server


def addressed(settings: Settings, server: "Server | None") -> Settings:
    """The settings with the address of `server`, if there is one."""
    return replace(settings, database_url=server.url()) if server else settings


def must_be_migrated(settings: Settings) -> None:
    """Raises Failure where the database has no tables of ours."""
    import asyncpg

    async def has_tables() -> bool:
        connection = await asyncpg.connect(settings.database_url)
        try:
            return await connection.fetchval("SELECT to_regclass('ketu.bank') IS NOT NULL")
        finally:
            await connection.close()

    if not asyncio.run(has_tables()):
        raise Failure("the database has no tables of Ketu", mend="make and fill them: ./ketu up, or ./ketu migrate")


async def _version(url: str) -> str:
    """The version of the server at `url`. Raises Failure when it cannot be used; the password is never shown."""
    import asyncpg

    parts = urlsplit(url)
    place = f"{parts.hostname or 'the local socket'}, database {parts.path.strip('/')}"
    try:
        connection = await asyncpg.connect(url, timeout=SECONDS_TO_CONNECT)
    except asyncpg.PostgresError as refusal:
        raise Failure(f"PostgreSQL at {place} refuses: {refusal}", mend="check DATABASE_URL") from refusal
    except (OSError, TimeoutError, asyncpg.InterfaceError, ValueError) as problem:
        said = str(problem) or "no answer"
        mend = "start that server or correct DATABASE_URL; without it, an embedded PostgreSQL is used"
        raise Failure(f"PostgreSQL at {place} cannot be reached: {said}", mend=mend) from problem
    try:
        version = connection.get_server_version()
        if version.major < OLDEST_VERSION:
            mend = f"use PostgreSQL {OLDEST_VERSION} or newer, or the embedded one"
            raise Failure(f"PostgreSQL at {place} is version {version.major}", mend=mend)
        return f"{version.major}.{version.minor}"
    finally:
        await connection.close()
