"""What has to be known of the server beneath, to let go of a client that takes nothing."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SECONDS_TO_SAY_WHY = 5


@contextmanager
def abort_later(send: Any) -> Iterator[None]:
    """Cut the connection off where the block, in which the client is told why it ends, takes too long: what waits in
    front of that would wait for ever.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        yield
        return
    timer = asyncio.get_running_loop().call_later(SECONDS_TO_SAY_WHY, transport.abort)
    try:
        yield
    finally:
        timer.cancel()
