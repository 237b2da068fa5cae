"""The yardstick: the same pages by hand, one SQL statement each, behind a bare Starlette route.

Sign-in, reach, pools and server are those of the API, so that what is left to compare is the engine. Each page is there
twice: below /logged it keeps the access log, as every page of the product has to, and says whom it showed.
"""

import os
import re
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
from api.answers import request_id
from api.authentication import Tokens, utc_now
from api.settings import Settings
from api.signing_keys import EndedSessions, SigningKeys
from authz.permissions import Permission
from authz.reader import Reader
from authz.subjects import Readers
from domain.audit import access_log
from domain.audit.log import Actor, Event
from domain.audit.model import EventKind
from domain.shared.cipher import KeyRing
from domain.shared.database import Database, connect
from domain.shared.keys import Keys

HERE = Path(__file__).parent
CUSTOMER_360 = (HERE / "customer_360.sql").read_text(encoding="utf-8")
CUSTOMER_LIST = (HERE / "customer_list.sql").read_text(encoding="utf-8")
BELOW = ("", "/logged")
CUSTOMER_IDS = re.compile(rb'"cus_(\d+)"')
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
        async with access_log.opened(
            database, settings.journals, waits=settings.access_log_waits, now=utc_now
        ) as recording:
            app.state.access_log = recording
            yield
        await database.close()

    async def asked(request: Request) -> tuple[Database, Reader, tuple[int, int]]:
        username = await request.app.state.tokens.username(request.headers.get("authorization"))
        reader = await request.app.state.readers.called(username)
        return request.app.state.database, reader, _reach(reader)

    async def logged(request: Request, reader: Reader, data: bytes) -> None:
        if request.url.path.startswith("/logged/"):
            customer_ids = sorted({int(found) for found in CUSTOMER_IDS.findall(data)})
            subject = reader.subject
            actor = Actor(subject.user_account_id, subject.staff_id, request_id())
            event = Event(EventKind.ACCESS, request.url.path, customer_ids=customer_ids)
            await request.app.state.access_log.record(actor, event)

    async def customer_360(request: Request) -> Response:
        database, reader, (first, last) = await asked(request)
        given = orjson.loads(await request.body())
        sees_details = not reader.scope_of[Permission.IDENTITY_DOCUMENT_READ].is_nothing
        customer_id = int(given["id"].removeprefix("cus_"))
        async with database.read() as connection:
            data = await connection.fetchval(CUSTOMER_360, customer_id, first, last, sees_details)
        await logged(request, reader, data)
        return Response(b'{"data":' + data + b"}", media_type="application/json")

    async def customer_list(request: Request) -> Response:
        database, reader, (first, last) = await asked(request)
        await request.body()
        async with database.read(lists=True) as connection:
            data = await connection.fetchval(CUSTOMER_LIST, first, last)
        await logged(request, reader, data)
        return Response(b'{"data":' + data + b"}", media_type="application/json")

    pages = {"customer_360": customer_360, "customer_list": customer_list}
    routes = [Route(f"{below}/{name}", page, methods=["POST"]) for name, page in pages.items() for below in BELOW]
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
