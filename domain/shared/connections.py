"""Connections lent out without ceremony.

asyncpg's pool opens, keeps and mends connections. But giving one back to it starts a task, resets the session, sets a
timer, which costs as much as a small statement. So connections that come back from clean use stay here, taken from the
pool; what went wrong, or may still be running, goes back through the pool, which looks after it.
"""

from types import TracebackType
from typing import Any

import asyncpg

from domain.shared.turns import HOUSE, PLACES, Guest, Turns

SECONDS_TO_CONNECT = 5
RETURNS_BETWEEN_LOOKS = 1_000
"""So often one of them goes back through the pool, which renews those that have served long."""


class Connections:
    """At most so many connections of one kind, the last one back first out: it is warm."""

    def __init__(self, pool: asyncpg.Pool, *, places: int = PLACES) -> None:
        """places  to wait for one"""
        self._pool = pool
        self._idle: list[Any] = []
        self.turns = Turns(pool.get_max_size(), places=places)
        self._is_closing = False
        self._returns = 0

    def lent(self, guest: Guest = HOUSE) -> "Loan":
        """A connection for the length of a block.

        raises  Overloaded    where none comes free in time, or too many wait for one
                TimeoutError  where none can be made in time
        """
        return Loan(self, guest)

    async def take(self, guest: Guest) -> Any:
        """A connection that is good as far as we know."""
        if not self.turns.is_taken_by(guest):
            await self.turns.come(guest)
        try:
            while self._idle:
                connection = self._idle.pop()
                if not _is_lost(connection):
                    return connection
                await self._pool.release(connection)
            return await self._pool.acquire(timeout=SECONDS_TO_CONNECT)
        except BaseException:
            self.turns.give_back(guest)
            raise

    async def give_back(self, connection: Any, guest: Guest, *, is_clean: bool) -> None:
        """Keep it for the next one, or let the pool find out what has become of it."""
        try:
            self._returns += 1
            if is_clean and not self._is_closing and self._returns % RETURNS_BETWEEN_LOOKS:
                self._idle.append(connection)
            else:
                await self._pool.release(connection)
        finally:
            self.turns.give_back(guest)

    async def close(self) -> None:
        """Close them all; those that are lent out are waited for."""
        self._is_closing = True
        while self._idle:
            await self._pool.release(self._idle.pop())
        await self._pool.close()


class Loan:
    """The block in which a connection is lent out."""

    __slots__ = ("_connection", "_connections", "_guest")

    def __init__(self, connections: Connections, guest: Guest) -> None:
        self._connections, self._guest = connections, guest

    async def __aenter__(self) -> Any:
        self._connection = await self._connections.take(self._guest)
        return self._connection

    async def __aexit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        await self._connections.give_back(self._connection, self._guest, is_clean=kind is None)


def _is_lost(connection: Any) -> bool:
    try:
        return connection.is_closed()
    except asyncpg.InterfaceError:
        # The pool has taken it back already.
        return True
