"""The composition root: every long-lived object is built here once and handed to the layer that needs it."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import orjson
import structlog
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from api.authentication import Tokens
from api.explorer import explorer_routes
from api.graphql import GraphQLEndpoint
from api.settings import Settings
from api.token_secret import token_secret
from authz.policy import load_policy
from authz.subjects import Readers
from domain.shared.database import Database, connect
from resolvers.engine.document import Limits
from resolvers.engine.execute import Engine
from schema.root import build_schema


def create_app(settings: Settings) -> Starlette:
    """The API on an open database."""
    _log_json_lines()
    registry = CollectorRegistry()
    built = build_schema()
    engine = Engine(
        built.schema, built.graph, limits=Limits(), plan_capacity=settings.plan_cache_size, registry=registry
    )
    tokens = Tokens(token_secret(settings))
    policy = load_policy()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        assert settings.database_url is not None
        database = await connect(
            settings.database_url,
            pool_size=settings.database_pool_size,
            statement_timeout_ms=settings.statement_timeout_seconds * 1000,
        )
        app.state.database = database
        app.state.graphql = GraphQLEndpoint(
            engine=engine,
            database=database,
            readers=Readers(database, policy),
            tokens=tokens,
            allows_get=settings.graphql_get if settings.graphql_get is not None else await _is_sample(database),
            registry=registry,
        )
        yield
        await database.close()

    async def graphql(request: Request) -> Response:
        return await request.app.state.graphql(request)

    async def metrics(_request: Request) -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    routes = [
        Route("/graphql", graphql, methods=["GET", "POST"]),
        Route("/healthz", _healthz),
        Route("/readyz", _readyz),
        Route("/metrics", metrics),
        *explorer_routes(),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


async def _healthz(_request: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n")


async def _readyz(request: Request) -> Response:
    """The process can answer queries: the database is there and holds a bank."""
    try:
        await _is_sample(request.app.state.database)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return PlainTextResponse("the database cannot be reached\n", status_code=503)
    return PlainTextResponse("ready\n")


async def _is_sample(database: Database) -> bool:
    async with database.read() as connection:
        return bool(await connection.fetchval("SELECT bank.is_sample FROM ketu.bank AS bank"))


def _log_json_lines() -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(serializer=orjson.dumps),
        ],
        logger_factory=structlog.BytesLoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
