"""Operations answered by a stream of server-sent events, one request each: graphql-sse's distinct connections.

https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
"""

import asyncio

import orjson
import structlog

from api.authentication import Claims
from api.exchange import Exchange
from api.graphql_parameters import Parameters
from api.http_problem import Headers
from api.live.asking import request_of
from api.live.client import GOING_AWAY, UNAUTHENTICATED, Errors
from api.live.hub import Hub
from api.live.outlet import Outlet
from api.live.transport import abort_later
from api.live.watcher import Watcher
from domain.shared.database import Database
from resolvers.engine.execute import Engine

EVENT_STREAM = "text/event-stream"
LAST_EVENT_ID = b"last-event-id"
BREATH = b":\n\n"
COMPLETE = b"event: complete\ndata: \n\n"

log = structlog.get_logger()


def is_accepted(exchange: Exchange) -> bool:
    """Whether the client wants events."""
    return EVENT_STREAM in (exchange.header(b"accept") or "").lower()


class EventStream:
    """One client with one operation."""

    def __init__(self, exchange: Exchange, claims: Claims, asked: Parameters, request_id: str) -> None:
        self._exchange = exchange
        self.authorization = exchange.header(b"authorization")
        self.claims: Claims | None = claims
        self.may_change = exchange.method == "POST"
        self._asked, self._request_id = asked, request_id
        self.outlet = Outlet(exchange.part)
        self._ended = asyncio.Event()

    async def run(self, hub: Hub, engine: Engine, database: Database) -> None:
        """Answer until one of the two sides ends it.

        raises  Problem, GraphQLError, GraphQLErrors  before anything is sent
        """
        request = await request_of(hub.readers, self, self._asked, self._request_id, metering=hub.metering)
        if not engine.read(request)[0].is_subscription:
            answer = await engine.execute(database, request)
            await self._begin()
            await self._exchange.part(_next(answer.body) + COMPLETE)
            await self._exchange.end()
            return
        hub.enter(self)
        watcher: Watcher | None = None
        try:
            watcher = await hub.watch(self, "", self._asked, self._request_id, self._exchange.header(LAST_EVENT_ID))
            await self._begin()
            await self._until_it_ends()
        finally:
            if watcher is not None:
                hub.unwatch(watcher)
            hub.leave(self)
            self.outlet.close()

    async def _begin(self) -> None:
        headers: Headers = [
            (b"content-type", f"{EVENT_STREAM}; charset=utf-8".encode()),
            (b"cache-control", b"no-store"),
            (b"x-request-id", self._request_id.encode()),
            # Proxies that gather answers would keep events back.
            (b"x-accel-buffering", b"no"),
        ]
        await self._exchange.begin(200, headers)
        # A client knows by the first bytes that it is through, whenever the first answer comes.
        await self._exchange.part(BREATH)

    async def _until_it_ends(self) -> None:
        gone = asyncio.create_task(self._exchange.client_gone())
        ended = asyncio.create_task(self._ended.wait())
        try:
            await asyncio.wait([gone, ended], return_when=asyncio.FIRST_COMPLETED)
            if not gone.done():
                with abort_later(self._exchange.send):
                    await self.outlet.emptied()
                    await self._exchange.end()
        finally:
            gone.cancel()
            ended.cancel()

    def show(self, watcher: Watcher, event_id: str, body: bytes) -> None:
        self.outlet.put("next", f"id: {event_id}\n".encode() + _next(body))

    def fail(self, watcher: Watcher, errors: Errors) -> None:
        self.outlet.put("next", _next(orjson.dumps({"errors": errors})))
        self.outlet.put("complete", COMPLETE)
        self._ended.set()

    def end(self, code: str, message: str) -> None:
        if code == UNAUTHENTICATED:
            # Connecting again with the same token would be refused.
            error = {"message": message, "extensions": {"code": code}}
            self.outlet.put("next", _next(orjson.dumps({"errors": [error]})))
            self.outlet.put("complete", COMPLETE)
        elif code != GOING_AWAY:
            self.outlet.drop("next")
        self._ended.set()

    def breathe(self) -> None:
        self.outlet.put("breath", BREATH)


def _next(body: bytes) -> bytes:
    # JSON of ours has no line breaks outside of texts, and none within: they are escaped there.
    return b"event: next\ndata: " + body.replace(b"\n", b" ") + b"\n\n"
