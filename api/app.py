"""The composition root: every long-lived object is built here once and handed to the layer that needs it."""

import logging
import time
from collections.abc import AsyncIterator, Callable, MutableMapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import structlog
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api import rewriting, sealing, watching, web
from api.authentication import Tokens, utc_now
from api.background import repeating
from api.exchange import Exchange
from api.explorer import explorer_routes
from api.failure import Failure
from api.graphql import GraphQLEndpoint
from api.graphql_parameters import Rules
from api.live.hub import Hub, LiveLimits
from api.live.websocket import SocketEndpoint
from api.metering import Metering
from api.oidc import IdentityProvider, http_client, registration
from api.rate_limits import RateLimits
from api.replicas import looked_after, told_of
from api.rewriting import rewrite_all
from api.sealing import head_of, seal_once
from api.settings import Settings
from api.sign_in import SignInEndpoint, sign_in_routes
from api.signing_keys import Clock, EndedSessions, SigningKeys
from api.trusted_documents import TrustedDocuments, read_manifests, trust
from api.waiting import Waiting
from api.watching import watch_once
from authz.subjects import Readers
from domain.audit import access_log
from domain.key_ring import open_key_ring
from domain.outbox.service import forget
from domain.quota.model import Quotas
from domain.shared.database import Database, connect
from domain.shared.keys import Keys
from domain.user_account.model import SignInRules
from domain.user_account.passwords import Passwords
from domain.user_account.sign_in import SignIn
from domain.user_account.signing_keys import ensure_key
from resolvers.engine.document import Documents
from resolvers.engine.execute import DATABASE_ERRORS, Engine
from resolvers.engine.limits import Limits
from resolvers.engine.live import Subscriptions
from resolvers.engine.spans import UNMEASURED
from schema.root import build_schema

if TYPE_CHECKING:
    from api.telemetry import Telemetry

GRAPHQL = "/graphql"
SECONDS_BETWEEN_FORGETTING = 3600
VALUES_OF_A_MEMBER = 40
"""That the list of a bulk mutation may hold for each of as many members as it may have."""


def create_app(
    settings: Settings,
    *,
    now: Clock = utc_now,
    tick: Callable[[], float] = time.monotonic,
    web_dist: Path = web.DIST,
) -> Starlette:
    """The API on an open database. Raises Failure for settings that do not go together.

    tick      a clock of seconds that never goes back
    web_dist  the folder with the built web application
    """
    _log_json_lines()
    registry = CollectorRegistry()
    built = build_schema()
    rules = sign_in_rules(settings)
    registered = registration(settings)
    limited = rate_limits(settings, tick)
    documents = Documents(built.schema, limits=limits(settings), introspection=settings.introspection)
    trusted = trusted_documents(settings, documents, of_the_page=web_dist / web.DOCUMENTS)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        assert settings.database_url is not None
        database = await connect(
            settings.database_url,
            pool_size=settings.database_pool_size,
            statement_timeout_ms=settings.statement_timeout_seconds * 1000,
            replica_urls=settings.replica_urls,
            replica_lag_seconds=settings.replica_lag_seconds,
            places=settings.waiting_requests,
        )
        async with database.write() as connection:
            key_ring = await open_key_ring(settings.key_ring, connection)
            await ensure_key(connection, key_ring, now=now())
        keys = Keys(key_ring, settings.key_ring)
        tokens = Tokens(SigningKeys(database, keys, now=now), EndedSessions(database, now=now), now=now)
        passwords = Passwords()
        asking = http_client()
        telemetry = telemetry_of(settings)
        closing = AsyncExitStack()
        if telemetry is not None:
            closing.push_async_callback(telemetry.close)
        closing.push_async_callback(database.close)
        closing.push_async_callback(asking.aclose)
        closing.callback(passwords.close)
        async with (
            closing,
            looked_after(database.replicas, registry),
            repeating("rewriting", lambda: rewrite_all(database), seconds=rewriting.SECONDS_BETWEEN),
            repeating(
                "sealing",
                lambda: seal_once(database, key_ring.audit_secret, head_of(settings.key_ring)),
                seconds=sealing.SECONDS_BETWEEN,
            ),
            repeating("watching", lambda: watch_once(database), seconds=watching.SECONDS_BETWEEN),
            repeating("forgetting", lambda: forget_events(database), seconds=SECONDS_BETWEEN_FORGETTING),
            # Carried to its end before what looks at it does so for the last time.
            access_log.opened(database, settings.journals, waits=settings.access_log_waits, now=now) as recording,
        ):
            engine = Engine(
                built.schema,
                built.graph,
                limits=limits(settings),
                plan_capacity=settings.plan_cache_size,
                registry=registry,
                access_log=recording,
                keys=keys,
                quotas=quotas(settings),
                documents=documents,
                spans=telemetry or UNMEASURED,
            )
            Gauge(
                "ketu_access_log_waiting_bytes",
                "Bytes in the journal of the access log that are not in the database yet.",
                registry=registry,
            ).set_function(lambda: recording.waiting)
            readers = Readers(database)
            metering = Metering(limited, engine)
            rules_of_requests = Rules(
                allows_get=settings.graphql_get if settings.graphql_get is not None else await _is_sample(database),
                largest_body=settings.limit_body_bytes,
                trusted=TrustedDocuments(trusted, only=settings.trusted_documents_only),
            )
            hub = Hub(
                Subscriptions(engine, secret=key_ring.audit_secret[:64]),
                database=database,
                database_url=settings.database_url,
                readers=readers,
                tokens=tokens,
                metering=metering,
                limits=live_limits(settings),
                registry=registry,
            )
            registry.register(Waiting(database.turns))
            app.state.database = database
            app.state.live = hub
            app.state.sockets = SocketEndpoint(hub, engine, database, rules_of_requests.trusted)
            app.state.graphql = GraphQLEndpoint(
                engine=engine,
                database=database,
                readers=readers,
                tokens=tokens,
                hub=hub,
                metering=metering,
                rules=rules_of_requests,
                registry=registry,
                telemetry=telemetry,
            )
            app.state.sign_in = SignInEndpoint(
                database=database,
                sign_in=SignIn(database, keys=keys, passwords=passwords, rules=rules),
                tokens=tokens,
                provider=IdentityProvider(registered, asking, now=now) if registered else None,
                rules=rules,
                public_url=settings.public_url,
                now=now,
            )
            async with hub.running():
                yield

    async def metrics(_request: Request) -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    routes = [
        Route("/healthz", _healthz),
        Route("/readyz", _readyz),
        Route("/metrics", metrics),
        *sign_in_routes(),
        *(explorer_routes() if settings.explorer else ()),
        *(web.web_routes(web_dist) if settings.web else ()),
    ]
    return _App(routes=routes, lifespan=lifespan)


class _App(Starlette):
    """Queries do not pass through Starlette's layers: their endpoint lets no exception out, and to find it by routes
    and wrap it twice costs more than to parse the request.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and scope["path"] == GRAPHQL:
            await self.state.sockets(scope, receive, send)
        elif scope["type"] != "http" or scope["path"] != GRAPHQL:
            await super().__call__(scope, receive, send)
        else:
            await self.state.graphql(Exchange(scope, receive, send))


def telemetry_of(settings: Settings) -> "Telemetry | None":
    """Where spans go; None where they go nowhere. The library is not even loaded then."""
    if settings.otlp_endpoint is None:
        return None
    from api.telemetry import Telemetry

    return Telemetry(settings.otlp_endpoint)


def sign_in_rules(settings: Settings) -> SignInRules:
    """How strict signing in is here."""
    return SignInRules(
        access_lifetime=timedelta(minutes=settings.access_token_minutes),
        session_lifetime=timedelta(hours=settings.session_hours),
        session_idle=timedelta(minutes=settings.session_idle_minutes),
    )


def live_limits(settings: Settings) -> LiveLimits:
    """How much may be watched at once."""
    return LiveLimits(
        clients=settings.live_clients,
        per_client=settings.live_per_client,
        per_user=settings.live_per_user,
        refresh_seconds=settings.live_refresh_seconds,
        at_once=max(1, min(LiveLimits.at_once, settings.database_pool_size // 2)),
    )


def quotas(settings: Settings) -> Quotas:
    """How often a user may look at what is sealed, and look rows up by it."""
    return Quotas(reveals=settings.reveals_per_day, searches=settings.searches_per_day)


async def forget_events(database: Database) -> None:
    """Events that were kept long enough."""
    async with database.beside() as connection:
        await forget(connection)


def limits(settings: Settings) -> Limits:
    """What a document may ask for here."""
    return Limits(
        characters=settings.limit_characters,
        tokens=settings.limit_tokens,
        depth=settings.limit_depth,
        root_fields=settings.limit_root_fields,
        fields=settings.limit_fields,
        aliases=settings.limit_aliases,
        filters=settings.limit_filters,
        members=settings.bulk_members,
        values=max(Limits.values, VALUES_OF_A_MEMBER * settings.bulk_members),
        cost=settings.limit_cost,
        heavy=settings.heavy_cost,
    )


def trusted_documents(settings: Settings, documents: Documents, *, of_the_page: Path) -> dict[str, str]:
    """Those of the manifests, by their ids, known for good. Raises Failure for one that could not be answered.

    of_the_page  the manifest that the web application was built with, if it was
    """
    texts: dict[str, str] = {}
    if settings.web and of_the_page.is_file():
        mend = "build the page anew by ./ketu frontend; KETU_WEB=no does without it"
        texts = read_manifests(of_the_page, mend=mend)
        trust(documents, texts, mend=mend)
    if settings.trusted_documents:
        named = read_manifests(settings.trusted_documents)
        trust(documents, named)
        texts |= named
    if settings.trusted_documents_only and not texts:
        raise Failure(
            "KETU_TRUSTED_DOCUMENTS_ONLY is set, but there are no trusted documents",
            mend="name their manifest in KETU_TRUSTED_DOCUMENTS, or build the web application by ./ketu frontend",
        )
    return texts


def rate_limits(settings: Settings, tick: Callable[[], float]) -> RateLimits:
    """This process's share. Raises Failure where the dearest request that is allowed would never pass."""
    burst = settings.rate_burst // settings.workers
    if settings.rate_per_second and burst < settings.limit_cost:
        raise Failure(
            f"KETU_RATE_BURST is {settings.rate_burst:,}, shared by {settings.workers} API processes; "
            f"one request alone may cost {settings.limit_cost:,}",
            mend="raise KETU_RATE_BURST, or lower KETU_LIMIT_COST or KETU_WORKERS",
        )
    per_second = settings.rate_per_second and max(1, settings.rate_per_second // settings.workers)
    return RateLimits(burst=burst, per_second=per_second, clock=tick)


async def _healthz(_request: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n")


async def _readyz(request: Request) -> Response:
    """The process can answer queries: the database is there and holds a bank. It can do so without replicas."""
    database: Database = request.app.state.database
    try:
        await _is_sample(database)
    except DATABASE_ERRORS:
        return PlainTextResponse("the database cannot be reached\n", status_code=503)
    return PlainTextResponse("ready\n" + told_of(database.replicas))


async def _is_sample(database: Database) -> bool:
    # Beside the requests: a process that is only busy is ready.
    async with database.beside() as connection:
        return bool(await connection.fetchval("SELECT bank.is_sample FROM ketu.bank AS bank"))


def _log_json_lines() -> None:
    structlog.configure(
        processors=[structlog.processors.format_exc_info, _as_json_line],
        logger_factory=structlog.BytesLoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )


def _as_json_line(_logger: Any, level: str, event: MutableMapping[str, Any]) -> bytes:
    """In one go: every answer waits for its line."""
    event["level"] = "error" if level == "exception" else level
    event["timestamp"] = utc_now()
    return orjson.dumps(event, option=orjson.OPT_UTC_Z)
