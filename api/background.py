"""What goes on beside the requests for as long as the API runs, every few seconds."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import structlog

log = structlog.get_logger()


@asynccontextmanager
async def repeating(name: str, work: Callable[[], Awaitable[Any]], *, seconds: float) -> AsyncIterator[None]:
    """Do the work every so many seconds while the block runs, and once more at its end.

    What one round leaves undone, because the database is away for instance, the next one does.
    """
    stopping = asyncio.Event()

    async def repeat() -> None:
        while not stopping.is_set():
            try:
                async with asyncio.timeout(seconds):
                    await stopping.wait()
            except TimeoutError:
                pass
            try:
                await work()
            except Exception:
                log.exception("background.failed", work=name)

    task = asyncio.create_task(repeat())
    try:
        yield
    finally:
        stopping.set()
        await task
