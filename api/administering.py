"""Changes that a command makes in the database: all of them, or none."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from api.failure import Failure
from api.settings import Settings

if TYPE_CHECKING:
    from domain.shared.cipher import KeyRing

Result = TypeVar("Result")


def administered(settings: Settings, work: Callable[[Any], Awaitable[Result]]) -> Result:
    """What `work` makes of a connection, in one transaction. Raises Failure for what somebody can mend."""

    async def whole(connection: Any) -> Result:
        async with connection.transaction():
            return await work(connection)

    return connected(settings, whole)


def connected(settings: Settings, work: Callable[[Any], Awaitable[Result]]) -> Result:
    """The same with transactions of its own."""
    import asyncpg

    from domain.shared.cipher import CipherError
    from domain.user_account.administration import Unacceptable

    async def run() -> Result:
        connection = await asyncpg.connect(str(settings.database_url))
        try:
            return await work(connection)
        finally:
            await connection.close()

    try:
        return asyncio.run(run())
    except (Unacceptable, CipherError) as refused:
        raise Failure(str(refused), mend=refused.mend) from refused
    except asyncpg.UndefinedTableError as missing:
        raise Failure("the database has no tables of this version", mend="./ketu migrate, or ./ketu up") from missing


async def key_ring_of(settings: Settings, connection: Any) -> "KeyRing":
    """The ring that belongs to the database. Raises CipherError."""
    from domain.key_ring import open_key_ring

    return await open_key_ring(settings.key_ring, connection)
