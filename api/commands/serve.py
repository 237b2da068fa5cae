"""`./ketu serve`: one API process, for a service manager or a container."""

import os
import signal
import socket
import threading
from argparse import SUPPRESS, ArgumentParser, Namespace

from api.administering import administered, key_ring_of
from api.command import Group
from api.database import must_be_migrated, opened
from api.processes import listen
from api.settings import Settings, add_flags

NAME = "serve"
GROUP = Group.RUN
HELP = "Serve the API from a database that is ready; nothing is migrated or imported."
EXAMPLE = "DATABASE_URL=postgresql://ketu@db/ketu ./ketu serve --host 0.0.0.0"


def configure(parser: ArgumentParser) -> None:
    add_flags(parser, "host", "port", "database_url", "replica_urls", "data")
    # How `up` hands over its listening socket, and the pipe that closes when it ends.
    parser.add_argument("--socket-fd", type=int, help=SUPPRESS)
    parser.add_argument("--lifeline-fd", type=int, help=SUPPRESS)


def run(arguments: Namespace, settings: Settings) -> int:
    if arguments.lifeline_fd is not None:
        threading.Thread(target=_end_with, args=(arguments.lifeline_fd,), daemon=True).start()
    if arguments.socket_fd is not None:
        _serve(settings, socket.socket(fileno=arguments.socket_fd))
    else:
        with listen(settings.host, settings.port) as listening, opened(settings) as settings:
            must_be_migrated(settings)
            print(f"Listening on {settings.host}, port {listening.getsockname()[1]}", flush=True)
            _serve(settings, listening)
    return 0


def _serve(settings: Settings, listening: socket.socket) -> None:
    from api import server
    from api.app import create_app

    # Said in words here; within the server it would be a trace.
    administered(settings, lambda connection: key_ring_of(settings, connection))
    server.run(
        create_app(settings),
        listening,
        trusted_proxies=settings.trusted_proxies,
        largest_message=settings.limit_body_bytes,
    )


def _end_with(lifeline: int) -> None:
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
