"""Every order of the list of customers, for readers of much and of little: our way beside the best that we know."""

import asyncio
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from api.settings import Settings
from authz.reader import Reader
from authz.subjects import Readers
from bench.asking import OWN, SCOPED, UNSCOPED, asked_for
from bench.banks import ready
from bench.engine import engine_of
from domain.shared.database import Database, connect
from resolvers.context import GraphQLRequest
from resolvers.engine.execute import Engine
from resolvers.engine.parameters import Request

QUERY = """{{ customers(first: 50, orderBy: [{{ field: {order}, direction: {direction} }}]) {{
  nodes {{ id name state }} }} }}"""
TIMES = 3


@dataclass(frozen=True)
class Way:
    """One order for one reader."""

    order: str
    direction: str
    role: str
    milliseconds: Mapping[str, float]
    """The quickest of a few executions: ours, and by the ways that could have been taken."""

    @property
    def ratio(self) -> float:
        """Ours to the best; 1 is the best."""
        return self.milliseconds["ours"] / min(self.milliseconds.values())


def compared(settings: Settings, customers: int) -> list[Way]:
    """All orders, both ways, for each role, the worst first. Raises Failure."""
    with ready(settings, customers) as bank:
        return sorted(asyncio.run(_compared(bank.settings)), key=lambda way: -way.ratio)


async def _compared(settings: Settings, roles: tuple[str, ...] = (UNSCOPED, SCOPED, OWN)) -> list[Way]:
    url = str(settings.database_url)
    asked = await asked_for(url)
    engine = engine_of(settings)
    database = await connect(url, pool_size=1, statement_timeout_ms=60_000)
    try:
        found: list[Way] = []
        for role in roles:
            reader = await Readers(database).called(asked.usernames[role])
            assert reader is not None
            for order in _orders(engine):
                for direction in ("ASC", "DESC"):
                    query = QUERY.format(order=order, direction=direction)
                    found.append(Way(order, direction, role, await _ways(engine, database, reader, query)))
        return found
    finally:
        await database.close()


def _orders(engine: Engine) -> Iterator[str]:
    yield from engine.schema.type_map["CustomerOrderField"].values  # pyright: ignore[reportAttributeAccessIssue]


async def _ways(engine: Engine, database: Database, reader: Reader, query: str) -> dict[str, float]:
    """Ours, and each way with each kind of plan."""
    ways = {
        "walked": replace(reader, wide=frozenset(reader.scopes)),
        "gathered": replace(reader, wide=frozenset()),
    }
    found: dict[str, float] = {}
    for name, each in {"ours": reader, **ways}.items():
        request = GraphQLRequest(query, {}, None, each)
        operation, variables = engine.read(request)
        plan = engine.plan(operation, variables, each.shape)
        parameters = plan.parameters(Request(variables, each))
        kinds = {"": plan.plans_anew} if name == "ours" else {" once": False, " anew": True}
        for kind, anew in kinds.items():
            async with database.read(lists=anew) as connection:
                found[f"{name}{kind}"] = await _quickest(connection, plan.statement, parameters)
    return found


async def _quickest(connection: Any, statement: str, parameters: list[Any]) -> float:
    prepared = await connection.prepare(statement)
    taken: list[float] = []
    for _ in range(TIMES):
        began = time.perf_counter()
        await prepared.fetchrow(*parameters)
        taken.append((time.perf_counter() - began) * 1_000)
    return min(taken)
