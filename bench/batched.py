"""Our API with its other execution: `python -m bench.batched FD` serves it on a socket that is listening already."""

import os
import socket
import sys

from api import server
from api.app import create_app
from api.settings import Settings
from resolvers.engine.execute import Engine


def main(socket_fd: int) -> None:
    """Serve, with the settings of the environment."""
    Engine.execute = Engine.execute_batched
    server.run(create_app(Settings.read(os.environ)), socket.socket(fileno=socket_fd))


if __name__ == "__main__":
    main(int(sys.argv[1]))
