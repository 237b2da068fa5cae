"""The yardstick: the same pages by hand, one SQL statement each, behind a bare Starlette route.

Sign-in, reach, pools and server are those of the API, so that what is left to compare is the engine.
"""

import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

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
from domain.shared.cipher import KeyRing
from domain.shared.database import Database, connect
from domain.shared.keys import Keys

HERE = Path(__file__).parent
CUSTOMER_360 = (HERE / "customer_360.sql").read_text(encoding="utf-8")
CUSTOMER_LIST = (HERE / "customer_list.sql").read_text(encoding="utf-8")
WHOLE_BANK = (0, 2**31 - 1)


def create_app(settings: Settings) -> Starlette:
    """The two pages, each at a route of its own."""

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

    async def asked(request: Request) -> tuple[Database, Reader, tuple[int, int]]:
        username = await request.app.state.tokens.username(request.headers.get("authorization"))
        reader = await request.app.state.readers.called(username)
        return request.app.state.database, reader, _reach(reader)

    async def customer_360(request: Request) -> Response:
        database, reader, (first, last) = await asked(request)
        given = orjson.loads(await request.body())
        sees_details = not reader.scope_of[Permission.IDENTITY_DOCUMENT_READ].is_nothing
        customer_id = int(given["id"].removeprefix("cus_"))
        async with database.read() as connection:
            data = await connection.fetchval(CUSTOMER_360, customer_id, first, last, sees_details)
        return Response(b'{"data":' + data + b"}", media_type="application/json")

    async def customer_list(request: Request) -> Response:
        database, _, (first, last) = await asked(request)
        await request.body()
        async with database.read(lists=True) as connection:
            data = await connection.fetchval(CUSTOMER_LIST, first, last)
        return Response(b'{"data":' + data + b"}", media_type="application/json")

    routes = [
        Route("/customer_360", customer_360, methods=["POST"]),
        Route("/customer_list", customer_list, methods=["POST"]),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


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
