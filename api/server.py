"""The HTTP server that an application of ours runs in."""

import gc
import socket

import uvicorn
from starlette.applications import Starlette

SECONDS_FOR_REQUESTS_UNDER_WAY = 5
COLLECTOR = (10_000, 20, 20)
"""Objects, and rounds, after which Python looks for what only refers to itself."""


def run(app: Starlette, listening: socket.socket, *, trusted_proxies: str = "") -> None:
    """Answer on a socket that is listening already, until the process is asked to end.

    trusted_proxies  addresses, by commas, whose X-Forwarded-For says who is asking
    """
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        forwarded_allow_ips=trusted_proxies,
        timeout_graceful_shutdown=SECONDS_FOR_REQUESTS_UNDER_WAY,
    )
    # What stands by now stays, and requests leave no cycles: the collector need not walk through them so often.
    gc.freeze()
    gc.set_threshold(*COLLECTOR)
    uvicorn.Server(config).run(sockets=[listening])
