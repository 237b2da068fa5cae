"""The API processes of one `up`: they share its listening socket and end when it does, however it ends."""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import TracebackType
from typing import Self

from api.failure import Failure
from api.settings import Settings

SECONDS_TO_STOP = 10
SECONDS_TO_BE_READY = 60
SECONDS_TO_BE_FREE = 3


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on `host:port`. Raises Failure when another program does."""
    deadline = time.monotonic() + SECONDS_TO_BE_FREE
    while True:
        try:
            return socket.create_server((host, port), family=_family(host), backlog=2048)
        except OSError as problem:
            is_busy = problem.errno == errno.EADDRINUSE
            # The processes of a killed `up` may be about to leave the port.
            if not is_busy or time.monotonic() > deadline:
                reason = "another program listens there" if is_busy else str(problem)
                mend = "stop that program or choose another port: --port 8001 (0 takes a free one); see --host as well"
                raise Failure(f"cannot listen on {host}, port {port}: {reason}", mend=mend) from problem
            time.sleep(0.2)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


class ApiProcesses:
    """As many `serve` processes as the settings say, each a session of its own so that Ctrl-C reaches `up` alone."""

    def __init__(self, settings: Settings, listening: socket.socket) -> None:
        self.settings = settings
        self.listening = listening
        self.running: list[subprocess.Popen[bytes]] = []
        # Nothing is ever written: a process of ours that finds this pipe closed knows that we are gone.
        self.lifeline, self.held_open = os.pipe()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        self.stop()
        os.close(self.held_open)
        os.close(self.lifeline)

    def start(self) -> None:
        handed = (self.listening.fileno(), self.lifeline)
        words = ["serve", "--socket-fd", str(handed[0]), "--lifeline-fd", str(handed[1])]
        command = [sys.executable, "-P", "-m", "api", *words]
        environment = os.environ | self.settings.variables()
        self.running = [
            subprocess.Popen(command, env=environment, pass_fds=handed, start_new_session=True)
            for _ in range(self.settings.workers)
        ]

    def stop(self) -> None:
        """Let requests under way finish, then make an end."""
        for process in self.running:
            process.terminate()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for process in self.running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running = []

    def ended(self) -> str | None:
        """How a process ended, if one did."""
        for process in self.running:
            if (status := process.poll()) is not None:
                return f"signal {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
        return None

    def wait_until_ready(self) -> None:
        """Return when the API answers. Raises Failure when it ends or stays silent."""
        deadline = time.monotonic() + SECONDS_TO_BE_READY
        while not self._answers():
            if ended := self.ended():
                raise Failure(f"the API ended while it started ({ended})", mend="see what it says above")
            if time.monotonic() > deadline:
                raise Failure(f"the API is not ready after {SECONDS_TO_BE_READY} s", mend="see what it says above")
            time.sleep(0.05)

    def _answers(self) -> bool:
        host, port = self.listening.getsockname()[:2]
        reached = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(f"http://{reached}:{port}/readyz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False
