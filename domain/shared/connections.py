"""Connections lent out without ceremony.

asyncpg's pool opens, keeps and mends connections. But giving one back to it starts a task, resets the session, sets a
timer, which costs as much as a small statement. So connections that come back from clean use stay here, taken from the
pool; what went wrong, or may still be running, goes back through the pool, which looks after it.
"""

import asyncio
from types import TracebackType
from typing import Any

import asyncpg

SECONDS_TO_WAIT = 5
"""For a connection, before a request is told to try again."""


RETURNS_BETWEEN_LOOKS = 1_000
"""So often one of them goes back through the pool, which renews those that have served long."""


class Connections:
    """At most so many connections of one kind, the last one back first out: it is warm."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._idle: list[Any] = []
        self._free = asyncio.Semaphore(pool.get_max_size())
        self._is_closing = False
        self._returns = 0

    def lent(self) -> "Loan":
        """A connection for the length of a block.

        raises  TimeoutError  where none comes free in time
        """
        return Loan(self)

    async def take(self) -> Any:
        """A connection that is good as far as we know."""
        if self._free.locked():
            async with asyncio.timeout(SECONDS_TO_WAIT):
                await self._free.acquire()
        else:
            await self._free.acquire()
        try:
            while self._idle:
                connection = self._idle.pop()
                if not _is_lost(connection):
                    return connection
                await self._pool.release(connection)
            return await self._pool.acquire(timeout=SECONDS_TO_WAIT)
        except BaseException:
            self._free.release()
            raise

    async def give_back(self, connection: Any, *, is_clean: bool) -> None:
        """Keep it for the next one, or let the pool find out what has become of it."""
        try:
            self._returns += 1
            if is_clean and not self._is_closing and self._returns % RETURNS_BETWEEN_LOOKS:
                self._idle.append(connection)
            else:
                await self._pool.release(connection)
        finally:
            self._free.release()

    async def close(self) -> None:
        """Close them all; those that are lent out are waited for."""
        self._is_closing = True
        while self._idle:
            await self._pool.release(self._idle.pop())
        await self._pool.close()


class Loan:
    """The block in which a connection is lent out."""

    __slots__ = ("_connection", "_connections")

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def __aenter__(self) -> Any:
        self._connection = await self._connections.take()
        return self._connection

    async def __aexit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        await self._connections.give_back(self._connection, is_clean=kind is None)


def _is_lost(connection: Any) -> bool:
    try:
        return connection.is_closed()
    except asyncpg.InterfaceError:
        # The pool has taken it back already.
        return True
