"""What goes out to one client, at the client's own pace."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from contextlib import suppress

MOST_WAITING = 4_000_000
"""Bytes that may wait for a client."""
SECONDS_TO_TAKE = 30
"""For a client to take what was sent before."""


class Outlet:
    """Messages on their way out. Of those under one key only the latest waits: a slow client misses states in between,
    never the one that holds. No task runs while there is nothing to send.
    """

    def __init__(self, send: Callable[[bytes], Awaitable[None]]) -> None:
        self._send = send
        self._waiting: dict[Hashable, bytes] = {}
        self._bytes = 0
        self._sending: asyncio.Task[None] | None = None
        self._began = 0.0

    def put(self, key: Hashable, message: bytes) -> None:
        """Send it when its turn comes, in the place of an earlier one under the key that still waits."""
        self.drop(key)
        self._waiting[key] = message
        self._bytes += len(message)
        if self._sending is None:
            self._began = asyncio.get_running_loop().time()
            self._sending = asyncio.create_task(self._send_all())

    def drop(self, key: Hashable) -> None:
        """What waits under the key is of no use any more."""
        self._bytes -= len(self._waiting.pop(key, b""))

    @property
    def is_stuck(self) -> bool:
        """The client does not keep up."""
        if self._sending is None:
            return False
        return self._bytes > MOST_WAITING or asyncio.get_running_loop().time() - self._began > SECONDS_TO_TAKE

    async def emptied(self) -> None:
        """Returns once everything is sent, or cannot be."""
        if self._sending is not None:
            await asyncio.wait([self._sending])

    def close(self) -> None:
        """Send nothing any more."""
        self._waiting.clear()
        self._bytes = 0
        if self._sending is not None:
            self._sending.cancel()

    async def _send_all(self) -> None:
        # Who waits for messages of the client notices that it is gone.
        with suppress(OSError):
            while self._waiting:
                key = next(iter(self._waiting))
                message = self._waiting.pop(key)
                self._bytes -= len(message)
                self._began = asyncio.get_running_loop().time()
                await self._send(message)
        self._sending = None
