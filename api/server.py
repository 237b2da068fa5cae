"""The HTTP server that an application of ours runs in."""

import gc
import socket
import time
from types import FrameType
from typing import Any

import uvicorn
from starlette.applications import Starlette

from api.connections import Lobby, connections, most_connections

SECONDS_FOR_REQUESTS_UNDER_WAY = 5
COLLECTOR = (10_000, 20, 20)
"""Objects, and rounds, after which Python looks for what only refers to itself."""


SECONDS_BETWEEN_PINGS = 20
"""A socket that does not answer one within as long is closed."""


class Server(uvicorn.Server):
    """Lets those who watch go before it waits for requests under way, and ends at once when it is asked twice."""

    def __init__(self, app: Starlette, config: uvicorn.Config, lobby: Lobby) -> None:
        super().__init__(config)
        self._app = app
        self._lobby = lobby

    async def on_tick(self, counter: int) -> bool:
        if counter % 10 == 0:
            self._lobby.sweep()
        return await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.should_exit:
            self.force_exit = True
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._app.state.live.stop()
        await super().shutdown(sockets)


def server(app: Starlette, *, trusted_proxies: str = "", largest_message: int = 1_000_000) -> Server:
    """The server of an application.

    trusted_proxies  addresses, by commas, whose X-Forwarded-For says who is asking
    largest_message  bytes of a message over a socket
    """
    lobby = Lobby(most=most_connections(), clock=time.monotonic)
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http=connections(lobby),
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        forwarded_allow_ips=trusted_proxies,
        timeout_graceful_shutdown=SECONDS_FOR_REQUESTS_UNDER_WAY,
        ws="websockets-sansio",
        ws_max_size=largest_message,
        ws_ping_interval=SECONDS_BETWEEN_PINGS,
        ws_ping_timeout=SECONDS_BETWEEN_PINGS,
        # It would keep a window of each socket, and how long a secret's company becomes tells of the secret.
        ws_per_message_deflate=False,
    )
    return Server(app, config, lobby)


def run(app: Starlette, listening: socket.socket, **options: Any) -> None:
    """Answer on a socket that is listening already, until the process is asked to end. `options` as of `server`.

    raises  KeyboardInterrupt  it was asked twice, or before it served
    """
    # What stands by now stays, and requests leave no cycles: the collector need not walk through them so often.
    gc.freeze()
    gc.set_threshold(*COLLECTOR)
    serving = server(app, **options)
    try:
        serving.run(sockets=[listening])
    except KeyboardInterrupt:
        # uvicorn hands on the signal that ended it. Where all came to its end in order, that is no failure.
        if serving.force_exit or not serving.should_exit:
            raise
