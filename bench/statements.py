"""How many statements an operation sends to the database, as the driver counts them."""

import asyncio
from typing import Any

from prometheus_client import CollectorRegistry

from api.settings import Settings
from authz.subjects import Readers
from domain.quota.model import Quotas
from domain.shared.cipher import KeyRing
from domain.shared.database import connect
from domain.shared.keys import Keys
from resolvers.context import GraphQLRequest
from resolvers.engine.execute import Engine
from resolvers.engine.limits import Limits
from schema.root import build_schema


async def statements_of(settings: Settings, username: str, query: str, variables: dict[str, Any]) -> int:
    """Of one operation, asked by a reader whom the process knows already."""
    database = await connect(str(settings.database_url), pool_size=1, statement_timeout_ms=60_000)
    built = build_schema()
    engine = Engine(
        built.schema,
        built.graph,
        limits=Limits(),
        plan_capacity=10,
        registry=CollectorRegistry(),
        access_log=None,
        keys=Keys(KeyRing.load(settings.key_ring), settings.key_ring),
        quotas=Quotas(),
    )
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
