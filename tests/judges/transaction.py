"""Several answers from one state of the data: a database whose reads share one transaction, one after the other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from domain.shared.database import Database
from domain.shared.turns import Guest


class OneTransaction(Database):
    """Reads on one connection within one transaction; each may fail without harm to the next."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self._turn = asyncio.Lock()
        self._mode: str | None = None

    def lent_to(self, guest: Guest) -> "OneTransaction":
        return self

    @asynccontextmanager
    async def read(self, *, lists: bool = False) -> AsyncIterator[Any]:
        """The connection, to one reader at a time, planning as the pool of the product would."""
        mode = "force_custom_plan" if lists else "force_generic_plan"
        async with self._turn:
            if mode != self._mode:
                await self.connection.execute(f"SET LOCAL plan_cache_mode = {mode}")
                self._mode = mode
            async with self.connection.transaction():  # a savepoint
                yield self.connection


@asynccontextmanager
async def one_transaction(database: Database, *, writes: bool = False) -> AsyncIterator[OneTransaction]:
    """A REPEATABLE READ transaction on one of the database's connections, rolled back at the end."""
    async with database.read(lists=True) as connection:
        transaction = connection.transaction(isolation="repeatable_read", readonly=not writes)
        await transaction.start()
        try:
            yield OneTransaction(connection)
        finally:
            await transaction.rollback()
