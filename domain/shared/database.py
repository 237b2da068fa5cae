"""Connections to PostgreSQL: two pools for reading, planned differently, short transactions for writing, and a few
connections for what goes on beside the requests."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import asyncpg

from domain.shared.connections import Connections

PREPARED_STATEMENTS = 1_000
BESIDE = 3
"""Connections for the access log, its seals, and rows that follow their branches."""


class Database:
    """Pools of one database.

    `node` prepares a plan once per statement; `listing` plans each execution for its own parameters, because a
    list filtered by a narrow scope needs another plan than one filtered by a wide one. `beside` never queues behind
    requests: many answers wait for one entry in the access log.
    """

    def __init__(self, node: Connections, listing: Connections, beside: Connections) -> None:
        self._node = node
        self._listing = listing
        self._beside = beside

    def read(self, *, lists: bool = False) -> AbstractAsyncContextManager[Any]:
        """A connection for one statement, in autocommit."""
        return (self._listing if lists else self._node).lent()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Any]:
        """A connection in one transaction, which commits at its end or not at all."""
        async with self._node.lent() as connection, connection.transaction():
            yield connection

    def beside(self) -> AbstractAsyncContextManager[Any]:
        """A connection in autocommit for what goes on beside the requests."""
        return self._beside.lent()

    async def close(self) -> None:
        """Close the connections; running statements are waited for."""
        for connections in (self._node, self._listing, self._beside):
            await connections.close()


class _Connection(asyncpg.Connection):
    """Readers leave nothing behind in a session, so there is nothing to reset between two of them."""

    def get_reset_query(self) -> str:
        return ""


async def connect(url: str, *, pool_size: int, statement_timeout_ms: int) -> Database:
    """Open the pools; their connections are made when first needed, and again after the database was away.

    url  postgresql://user:password@host:port/database
    """

    def pool(plan_cache_mode: str, size: int) -> asyncpg.Pool:
        return asyncpg.create_pool(
            url,
            min_size=0,
            max_size=size,
            statement_cache_size=PREPARED_STATEMENTS,
            max_cached_statement_lifetime=0,
            max_cacheable_statement_size=0,
            init=_answer_json_as_bytes,
            connection_class=_Connection,
            server_settings={
                "application_name": "ketu",
                "jit": "off",
                "plan_cache_mode": plan_cache_mode,
                "search_path": "public",
                "statement_timeout": str(statement_timeout_ms),
                "timezone": "UTC",
            },
        )

    generic = "force_generic_plan"
    pools = (pool(generic, pool_size), pool("force_custom_plan", pool_size), pool(generic, BESIDE))
    for opened in pools:
        await opened
    return Database(*map(Connections, pools))


async def _answer_json_as_bytes(connection: asyncpg.Connection) -> None:
    """The JSON that PostgreSQL made goes out as it is: no decoding, no copy into Python strings."""
    await connection.set_type_codec(
        "json", schema="pg_catalog", format="binary", encoder=lambda text: text, decoder=bytes
    )
