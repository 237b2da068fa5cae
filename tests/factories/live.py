"""Clients that watch: sockets by the sub-protocol, and streams of events, of a real server."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import httpx
import websockets
from factories.api import Api, signed_in
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

PROTOCOL = "graphql-transport-ws"
SECONDS = 60
"""Until something has to have come."""
QUIET = 0.8
"""Seconds in which whatever was going to come would have come."""


@dataclass
class Watching:
    """One socket."""

    socket: ClientConnection

    async def send(self, **message: Any) -> None:
        """One message."""
        await self.socket.send(json.dumps(message))

    async def next(self) -> dict[str, Any]:
        """The next message."""
        async with asyncio.timeout(SECONDS):
            return json.loads(await self.socket.recv())

    async def subscribe(self, query: str, *, key: str = "1", name: str | None = None, **variables: Any) -> None:
        """Ask for something."""
        payload = {"query": query, "variables": variables, "operationName": name}
        await self.send(id=key, type="subscribe", payload=payload)

    async def body(self, *, key: str = "1") -> dict[str, Any]:
        """The payload of the next answer."""
        message = await self.next()
        assert (message.get("id"), message["type"]) == (key, "next"), message
        return message["payload"]

    async def update(self, *, key: str = "1") -> dict[str, Any]:
        """The one field of the next answer, without anything withheld."""
        body = await self.body(key=key)
        assert set(body) == {"data"}, body
        (value,) = body["data"].values()
        return value

    async def error(self, *, key: str = "1") -> tuple[str, str]:
        """Code and message of the one error that ends an operation."""
        message = await self.next()
        assert (message.get("id"), message["type"]) == (key, "error"), message
        (error,) = message["payload"]
        assert len(error["extensions"]["requestId"]) == 32
        return error["extensions"]["code"], error["message"]

    async def is_quiet(self) -> bool:
        """Nothing comes."""
        try:
            async with asyncio.timeout(QUIET):
                message = await self.socket.recv()
        except TimeoutError:
            return True
        raise AssertionError(f"not quiet: {message!r}")

    async def closed(self) -> tuple[int, str]:
        """Code and reason with which the server closes it; whatever comes before is passed over."""
        with suppress(websockets.ConnectionClosed):
            async with asyncio.timeout(SECONDS):
                while True:
                    await self.socket.recv()
        assert self.socket.close_code is not None
        return self.socket.close_code, self.socket.close_reason or ""


@asynccontextmanager
async def connected(api: Api, **options: Any) -> AsyncIterator[Watching]:
    """A socket that nobody has said anything on."""
    options = {"subprotocols": [Subprotocol(PROTOCOL)], **options}
    address = str(api.client.base_url).replace("http", "ws").rstrip("/") + "/graphql"
    async with connect(address, proxy=None, **options) as socket:
        yield Watching(socket)


@asynccontextmanager
async def watching(
    api: Api, user: str = "analyst", *, headers: dict[str, str] | None = None
) -> AsyncIterator[Watching]:
    """A socket of a signed-in user."""
    async with connected(api) as socket:
        await socket.send(type="connection_init", payload=headers or signed_in(user))
        assert await socket.next() == {"type": "connection_ack"}
        yield socket


@dataclass
class Event:
    """A server-sent event."""

    type: str
    id: str | None
    data: str

    @property
    def body(self) -> dict[str, Any]:
        """The answer in it."""
        return json.loads(self.data)


@dataclass
class Stream:
    """A stream of events, as far as it is read."""

    response: httpx.Response
    lines: AsyncIterator[str]

    async def next(self) -> Event:
        """The next event; raises StopAsyncIteration at the end. Comments are passed over."""
        found: dict[str, str] = {}
        async with asyncio.timeout(SECONDS):
            while True:
                line = await anext(self.lines)
                if not line and found:
                    return Event(found["event"], found.get("id"), found.get("data", ""))
                name, _, value = line.partition(":")
                if name:
                    found[name] = value.removeprefix(" ")

    async def update(self) -> dict[str, Any]:
        """The one field of the next answer."""
        event = await self.next()
        assert event.type == "next", event
        (value,) = event.body["data"].values()
        assert event.id == value.get("eventId", event.id)
        return value


@asynccontextmanager
async def streaming(
    api: Api, query: str, *, user: str = "analyst", headers: dict[str, str] | None = None, **variables: Any
) -> AsyncIterator[Stream]:
    """The answer to one operation as events."""
    sent = {**signed_in(user), "accept": "text/event-stream", **(headers or {})}
    body = {"query": query, "variables": variables}
    async with api.client.stream("POST", "/graphql", json=body, headers=sent) as response:
        assert response.status_code == 200, await response.aread()
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        yield Stream(response, response.aiter_lines())
