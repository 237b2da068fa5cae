"""What is done once for all who ask for it meanwhile."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class Together:
    """A piece of work that takes a while, and is the same whoever asks."""

    def __init__(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._work = work
        self._running: asyncio.Task[None] | None = None

    async def done(self) -> None:
        """Returns when it is done once more. Raises whatever goes wrong there, for everybody who asked."""
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._work())
            # Nobody may be left to hear of it.
            self._running.add_done_callback(lambda done: done.cancelled() or done.exception())
        # Whoever stops waiting leaves it to the others.
        await asyncio.shield(self._running)
