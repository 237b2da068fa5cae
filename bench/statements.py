"""How many statements an operation sends to the database, as the driver counts them."""

import asyncio
from typing import Any

from api.settings import Settings
from authz.subjects import Readers
from bench.engine import engine_of
from domain.shared.database import connect
from resolvers.context import GraphQLRequest


async def statements_of(settings: Settings, username: str, query: str, variables: dict[str, Any]) -> int:
    """Of one operation, asked by a reader whom the process knows already."""
    database = await connect(str(settings.database_url), pool_size=1, statement_timeout_ms=60_000)
    engine = engine_of(settings)
    try:
        reader = await Readers(database).called(username)
        assert reader is not None, "whoever has a token is a user"
        sent: list[str] = []
        for lists in (False, True):
            # Each pool has one connection, so it is the one that will be lent.
            async with database.read(lists=lists) as connection:
                connection.add_query_logger(lambda record: sent.append(record.query))
        await engine.execute(database, GraphQLRequest(query, variables, None, reader))
        # The driver tells of a statement as soon as there is nothing else to do.
        await asyncio.sleep(0)
        return len(sent)
    finally:
        await database.close()
