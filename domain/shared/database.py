"""Connections to PostgreSQL: two pools for reading, planned differently, short transactions for writing, and a few
connections for what goes on beside the requests."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg

from domain.shared.connections import Connections
from domain.shared.position import POSITION
from domain.shared.replicas import Replica, Replicas
from domain.shared.turns import HOUSE, PLACES, Guest, Turns

PREPARED_STATEMENTS = 1_000
BESIDE = 4
"""Connections for the access log, its seals, rows that follow their branches, and what tokens are checked by."""
FOR_REPLICAS = 2
"""Connections to the primary: for the state of access, and for where it stands."""


class Database:
    """Pools of one database.

    `node` prepares a plan once per statement; `listing` plans each execution for its own parameters, because a
    list filtered by a narrow scope needs another plan than one filtered by a wide one. `beside` never queues behind
    requests: many answers wait for one entry in the access log. `replicas`, where there are any, answer what need not
    be the newest.
    """

    replicas: Replicas | None = None
    guest: Guest = HOUSE
    """Who waits for connections."""

    def __init__(
        self,
        node: Connections,
        listing: Connections,
        beside: Connections,
        replicas: Replicas | None = None,
        guest: Guest = HOUSE,
    ) -> None:
        self._node = node
        self._listing = listing
        self._beside = beside
        self.replicas = replicas
        self.guest = guest

    @property
    def turns(self) -> tuple[Turns, ...]:
        """Those that requests wait for."""
        return self._node.turns, self._listing.turns

    def lent_to(self, guest: Guest) -> "Database":
        """The same for one guest, who waits and may be refused as such: Overloaded."""
        return Database(self._node, self._listing, self._beside, self.replicas, guest)

    def must_have_place(self) -> None:
        """Raises Overloaded where a new request for a node would find no place to wait in."""
        self._node.turns.must_have_place(Guest())

    def read(self, *, lists: bool = False) -> AbstractAsyncContextManager[Any]:
        """A connection for one statement, in autocommit."""
        return (self._listing if lists else self._node).lent(self.guest)

    @asynccontextmanager
    async def write(self, *, by: int | None = None) -> AsyncIterator[Any]:
        """A connection in one transaction, which commits at its end or not at all.

        by  the user account whose queries are to see it from then on, wherever they are answered
        """
        async with self._node.lent(self.guest) as connection:
            async with connection.transaction():
                yield connection
            if by is not None and self.replicas is not None:
                self.replicas.wrote(by, await connection.fetchval(f"SELECT {POSITION}"))

    def beside(self) -> AbstractAsyncContextManager[Any]:
        """A connection in autocommit for what goes on beside the requests."""
        return self._beside.lent()

    async def close(self) -> None:
        """Close the connections; running statements are waited for."""
        for connections in (self._node, self._listing, self._beside):
            await connections.close()
        if self.replicas is not None:
            await self.replicas.close()


class _Connection(asyncpg.Connection):
    """Readers leave nothing behind in a session, so there is nothing to reset between two of them."""

    def get_reset_query(self) -> str:
        return ""


async def connect(
    url: str,
    *,
    pool_size: int,
    statement_timeout_ms: int,
    replica_urls: Sequence[str] = (),
    replica_lag_seconds: float = 0,
    places: int = PLACES,
) -> Database:
    """Open the pools; their connections are made when first needed, and again after the database was away.

    url                  postgresql://user:password@host:port/database
    replica_urls         the same, of its streaming replicas
    replica_lag_seconds  how far behind they may be
    places               for requests that wait, in front of each pool
    """

    async def pool(of: str, plan_cache_mode: str, size: int) -> Connections:
        opened = asyncpg.create_pool(
            of,
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
        await opened
        return Connections(opened, places=places)

    async def pools(of: str, *, beside: int) -> tuple[Connections, Connections, Connections]:
        generic, custom = "force_generic_plan", "force_custom_plan"
        return await pool(of, generic, pool_size), await pool(of, custom, pool_size), await pool(of, generic, beside)

    replicas = [Replica(_place(each), *await pools(each, beside=1)) for each in replica_urls]
    if not replicas:
        return Database(*await pools(url, beside=BESIDE))
    primary = await pool(url, "force_generic_plan", FOR_REPLICAS)
    known = Replicas(primary, replicas, most_lag_seconds=replica_lag_seconds)
    return Database(*await pools(url, beside=BESIDE), known)


def _place(url: str) -> str:
    """Where a server is: what may be logged of its address."""
    parts = urlsplit(url)
    return parts.netloc.rpartition("@")[2] or parse_qs(parts.query).get("host", ["local"])[0]


async def _answer_json_as_bytes(connection: asyncpg.Connection) -> None:
    """The JSON that PostgreSQL made goes out as it is: no decoding, no copy into Python strings."""
    await connection.set_type_codec(
        "json", schema="pg_catalog", format="binary", encoder=lambda text: text, decoder=bytes
    )
