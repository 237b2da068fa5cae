"""A process of the API as an operator starts it, `./ketu serve`, on a database of the tests."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
from factories.bank import KEY_RING

from api.settings import ROOT

SECONDS_TO_END = 30


@dataclass
class Served:
    """One process, and what it says."""

    process: subprocess.Popen[str]
    address: str
    log: Path

    @property
    def port(self) -> int:
        """Where it listens, on the loopback."""
        return int(self.address.rsplit(":", 1)[1])

    @property
    def said(self) -> str:
        """Its log so far."""
        return self.log.read_text()

    @property
    def memory(self) -> int:
        """Bytes that it holds."""
        return psutil.Process(self.process.pid).memory_info().rss

    def client(self, **options: object) -> httpx.Client:
        """Asks it, and nobody else."""
        return httpx.Client(base_url=self.address, timeout=30, trust_env=False, **options)  # pyright: ignore

    def stop(self, *, by: signal.Signals = signal.SIGTERM) -> int:
        """Its exit status."""
        self.process.send_signal(by)
        return self.process.wait(SECONDS_TO_END)


@contextmanager
def served(url: str, folder: Path, **variables: str) -> Iterator[Served]:
    """The process, ready; `variables` are settings by the names of their variables."""
    folder.mkdir(exist_ok=True)
    if not (folder / "keys.json").exists():
        KEY_RING.save(folder / "keys.json")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DATABASE_URL": url, "KETU_DATA": str(folder)} | variables
    log = folder / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "api", "serve", "--port", "0"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
            text=True,
        )
    try:
        yield Served(process, _address(process, log), log)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _address(process: subprocess.Popen[str], log: Path) -> str:
    import time

    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        for line in log.read_text().splitlines():
            if line.startswith("Listening on "):
                address = f"http://127.0.0.1:{line.rsplit(' ', 1)[1]}"
                try:
                    if httpx.get(f"{address}/readyz", trust_env=False, timeout=5).status_code == 200:
                        return address
                except httpx.HTTPError:
                    pass
        time.sleep(0.05)
    raise AssertionError(f"not ready: {log.read_text()}")
