"""One load at a time, whatever its source."""

from collections.abc import Callable

import asyncpg

LOADING = 0x4B657475
"""Key of the advisory lock that every load holds until its transaction ends ("Ketu" in ASCII)."""


async def alone(connection: asyncpg.Connection, *, on_wait: Callable[[str], None]) -> None:
    """Wait until no other load runs on this database, and keep the next one waiting until our transaction ends."""
    if not await connection.fetchval("SELECT pg_try_advisory_xact_lock($1)", LOADING):
        on_wait("another load is at work on this database; waiting until it ends")
        await connection.execute("SELECT pg_advisory_xact_lock($1)", LOADING)
