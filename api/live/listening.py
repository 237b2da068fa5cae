"""Hears of what happens, once per process, whoever watches."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg
import structlog

from domain.outbox.service import CHANNEL
from domain.outbox.stream import News, Stream
from resolvers.engine.execute import DATABASE_ERRORS

SECONDS_BETWEEN_LOOKS = 1.0
"""Where nothing is heard: the state of access may have changed."""
SECONDS_AFTER_FAILURE = 0.5
SECONDS_TO_GATHER = 0.01
"""Events that come together are read together."""
SECONDS_TO_CONNECT = 5

log = structlog.get_logger()


class Listening:
    """Reads the stream of events on a connection of its own.

    told    what is new
    missed  the connection was away: what did not come as an event may have changed
    """

    def __init__(self, url: str, *, told: Callable[[News], None], missed: Callable[[], None]) -> None:
        self._url = url
        self._told, self._missed = told, missed
        self._stream = Stream()
        self._began = asyncio.Event()
        self._heard = asyncio.Event()

    async def began(self) -> None:
        """Returns once every later event is going to be told. Raises TimeoutError."""
        if not self._began.is_set():
            async with asyncio.timeout(SECONDS_TO_CONNECT):
                await self._began.wait()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                async with self._connected() as connection:
                    await self._listen(connection)
            except DATABASE_ERRORS as error:
                log.warning("live.away", cause=repr(error))
            except Exception:
                log.exception("live.failed")
            await asyncio.sleep(SECONDS_AFTER_FAILURE)

    async def _listen(self, connection: Any) -> None:
        await connection.add_listener(CHANNEL, lambda *_: self._heard.set())
        self._told(await self._stream.read(connection))
        if self._began.is_set():
            self._missed()
        self._began.set()
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(SECONDS_BETWEEN_LOOKS):
                    await self._heard.wait()
                    await asyncio.sleep(SECONDS_TO_GATHER)
            self._heard.clear()
            self._told(await self._stream.read(connection))

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[Any]:
        connection = await asyncpg.connect(
            self._url,
            timeout=SECONDS_TO_CONNECT,
            server_settings={"application_name": "ketu live", "jit": "off", "search_path": "public"},
        )
        # What ends the connection must not wait for the next look.
        connection.add_termination_listener(lambda _: self._heard.set())
        try:
            yield connection
        finally:
            connection.terminate()
