"""Connections that nobody can hold for nothing: clients have so many bytes and seconds to say what they want, and when
there are too many connections, those that have waited longest for their client make room.
"""

import asyncio
import resource
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

LARGEST_HEAD = 32_768
"""Bytes of a request line with its headers."""
SECONDS_TO_SPEAK = 10
"""From the first byte of a request, or from the beginning of a connection, to the last byte of the request."""
SECONDS_TO_LISTEN = 30
"""From the end of a connection until what its client has not taken of the last answer is thrown away."""
FILES_FOR_OURSELVES = 256
"""The database, the journal, the log; what else a process opens."""
MOST_CONNECTIONS = 20_000
CONTINUE = b"HTTP/1.1 100 "
"""What begins to answer a request whose body is still waited for."""


class Lobby:
    """The connections of a process that wait for their clients, the longest first."""

    def __init__(self, *, most: int, clock: Callable[[], float]) -> None:
        """most  connections of any kind"""
        self.most = most
        self.clock = clock
        self.waiting: OrderedDict[Connection, float] = OrderedDict()

    def enter(self, connection: "Connection") -> None:
        """It waits from now on."""
        self.waiting[connection] = self.clock()
        self.waiting.move_to_end(connection)

    def leave(self, connection: "Connection") -> None:
        """It does not wait any more."""
        self.waiting.pop(connection, None)

    def make_room(self, count: int) -> None:
        """Close who has waited longest, as long as there are more than `most`."""
        for _ in range(min(count - self.most, len(self.waiting))):
            longest, _ = self.waiting.popitem(last=False)
            longest.transport.abort()

    def sweep(self) -> None:
        """Close who has waited too long."""
        latest = self.clock() - SECONDS_TO_SPEAK
        while self.waiting:
            connection, since = next(iter(self.waiting.items()))
            if since > latest:
                return
            self.leave(connection)
            connection.refuse(408, b"The request took too long to arrive.\n")


class Whole(asyncio.Transport):
    """What an answer is written to: its head waits for the first part of its body, so that both leave at once."""

    def __init__(self, transport: asyncio.Transport) -> None:
        super().__init__()
        self._transport = transport
        self._head: bytes | None = b""
        """None once it is written."""

    def write(self, data: bytes) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """The head first; a part that is empty lets it go."""
        if self._head is None or data.startswith(CONTINUE):
            self._transport.write(data)
        elif not self._head:
            self._head = data
        else:
            self._transport.write(self._head + data)
            self._head = None

    def flush(self) -> None:
        """There may be no body."""
        if self._head:
            self.write(b"")

    def close(self) -> None:
        """End the connection once all of it is written."""
        self.flush()
        self._transport.close()

    def is_closing(self) -> bool:
        return self._transport.is_closing()


class Connection(HttpToolsProtocol):
    """One of them. `connections` binds it to its lobby."""

    lobby: Lobby

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._head = 0
        self._in_head = True
        self._moved = False
        """What was received last ended a head or a request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        super().connection_made(transport)
        self.lobby.enter(self)
        if len(self.connections) > self.lobby.most:
            self.lobby.make_room(len(self.connections))

    def connection_lost(self, exc: Exception | None) -> None:
        self.lobby.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._moved = False
        super().data_received(data)
        if self._in_head and not self._moved:
            self._head += len(data)
            if self._head > LARGEST_HEAD:
                self.refuse(431, b"The headers are too large.\n")

    def on_message_begin(self) -> None:
        self._in_head, self._head = True, 0
        self.lobby.enter(self)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head, self._moved = False, True
        before = self.cycle
        super().on_headers_complete()
        if (cycle := self.cycle) is not None and cycle is not before:
            cycle.transport = whole = Whole(self.transport)
            cycle.on_response = partial(self._answered, whole)

    def _answered(self, whole: Whole) -> None:
        whole.flush()
        self.on_response_complete()

    def on_message_complete(self) -> None:
        self.lobby.leave(self)
        self._in_head, self._moved, self._head = True, True, 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.transport.is_closing() and self.cycle.response_complete:
            # For the next request, or the rest of this one.
            self.lobby.waiting.setdefault(self, self.lobby.clock())

    def handle_websocket_upgrade(self) -> None:
        self.lobby.leave(self)
        super().handle_websocket_upgrade()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._let_go()

    def refuse(self, status: int, words: bytes) -> None:
        """End the connection, in words where no answer is under way."""
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            head = b"content-type: text/plain\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % len(words)
            if self.cycle is not None:
                # Whoever still works on the request is told that its client has gone.
                self.cycle.disconnected = True
                self.cycle.message_event.set()
            self.transport.write(STATUS_LINE[status] + head + words)
        self.transport.close()
        self._let_go()

    def _let_go(self) -> None:
        """A client that takes nothing cannot hold what is left for it."""
        if self.transport.get_write_buffer_size():
            self.loop.call_later(SECONDS_TO_LISTEN, self.transport.abort)


def connections(lobby: Lobby) -> type[Connection]:
    """The connections of one process."""
    return type("Connection", (Connection,), {"lobby": lobby})


def most_connections() -> int:
    """As many as this process may have files, less those that it needs itself; the system's limit is raised first."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + FILES_FOR_OURSELVES
    files = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    except (OSError, ValueError):
        files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(FILES_FOR_OURSELVES // 4, files - FILES_FOR_OURSELVES)
