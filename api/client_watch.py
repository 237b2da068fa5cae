"""Ending work whose client has gone away."""

import asyncio
from types import TracebackType

from starlette.requests import ClientDisconnect

from api.exchange import Exchange

SECONDS_BEFORE_WATCHING = 0.05
"""Most answers are out by then; only longer work is worth looking whether the client still waits for it."""


class ClientWatch:
    """Cancels the block of the task that enters it once the client is gone, and raises ClientDisconnect there.

    Cancelling what waits on the database makes the driver cancel the statement there too.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._is_gone = False
        self._watching: asyncio.Task[None] | None = None

    def __enter__(self) -> None:
        self._task = asyncio.current_task()
        self._timer = asyncio.get_running_loop().call_later(SECONDS_BEFORE_WATCHING, self._watch)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._timer.cancel()
        if self._watching is not None:
            self._watching.cancel()
        if self._is_gone and self._task is not None:
            self._task.uncancel()
            if kind is asyncio.CancelledError:
                raise ClientDisconnect from error

    def _watch(self) -> None:
        self._watching = asyncio.create_task(self._cancel_when_gone())

    async def _cancel_when_gone(self) -> None:
        await self._exchange.client_gone()
        self._is_gone = True
        if self._task is not None:
            self._task.cancel()
