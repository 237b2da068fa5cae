"""The HTTP server that an application of ours runs in."""

import socket

import uvicorn
from starlette.applications import Starlette

SECONDS_FOR_REQUESTS_UNDER_WAY = 5


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
    uvicorn.Server(config).run(sockets=[listening])
