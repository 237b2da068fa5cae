"""The yardstick: the same pages by hand, one SQL statement each, behind a bare Starlette route.

Sign-in, reach, pools and server are those of the API, so that what is left to compare is the engine, and
the access log, which these pages do not keep.
"""

import os
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import server
from api.authentication import Tokens, utc_now
from api.settings import Settings
from api.signing_keys import EndedSessions, SigningKeys
from authz.permissions import Permission
from authz.reader import Reader
from authz.subjects import Readers
from bench.pages import PAGES, Page
from domain.search.text import beginnings, folded, form_of, pattern
from domain.shared.cipher import KeyRing
from domain.shared.database import Database, connect
from domain.shared.keys import Keys

WHOLE_BANK = (0, 2**31 - 1)


def create_app(settings: Settings) -> Starlette:
    """The pages, each at a route of its own."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        database = await connect(
            str(settings.database_url),
            pool_size=settings.database_pool_size,
            statement_timeout_ms=settings.statement_timeout_seconds * 1000,
        )
        keys = Keys(KeyRing.load(settings.key_ring), settings.key_ring)
        signing, ended = SigningKeys(database, keys, now=utc_now), EndedSessions(database, now=utc_now)
        app.state.tokens = Tokens(signing, ended, now=utc_now)
        app.state.database, app.state.readers = database, Readers(database)
        yield
        await database.close()

    def answering(page: Page) -> Callable[[Request], Awaitable[Response]]:
        statement = page.by_hand

        async def answer(request: Request) -> Response:
            username = await request.app.state.tokens.username(request.headers.get("authorization"))
            reader = await request.app.state.readers.called(username)
            body = await request.body()
            database: Database = request.app.state.database
            async with database.read(lists=page.is_a_list) as connection:
                data = await connection.fetchval(statement, *_values(page, body), *_reach(reader), *_typed(page, body))
            return Response(b'{"data":' + data + b"}", media_type="application/json")

        return answer

    routes = [Route(f"/{page.name}", answering(page), methods=["POST"]) for page in PAGES.values()]
    return Starlette(routes=routes, lifespan=lifespan)


def _values(page: Page, body: bytes) -> tuple[Any, ...]:
    """What the statement takes before the reader's reach."""
    return (orjson.loads(body)["asked"],) if page.asks_by else ()


def _typed(page: Page, body: bytes) -> tuple[Any, ...]:
    """What the statement of the search takes after it: what the text may be meant as."""
    if page.asks_by != "text":
        return ()
    text = orjson.loads(body)["asked"]
    form, key = form_of(text), folded(text)
    spelled = (beginnings(key), pattern(key)) if form.is_spelled else (None, None)
    return (*spelled, form.has_digit, form.is_part)


def _reach(reader: Reader) -> tuple[int, int]:
    scope = reader.scope_of[Permission.CUSTOMER_READ]
    if scope.is_everything:
        return WHOLE_BANK
    (interval,) = scope.intervals
    return interval


def main(socket_fd: int) -> None:
    """Serve on a socket that is listening already, with the settings of the environment."""
    server.run(create_app(Settings.read(os.environ)), socket.socket(fileno=socket_fd))


if __name__ == "__main__":
    main(int(sys.argv[1]))
