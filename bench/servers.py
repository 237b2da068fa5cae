"""The servers that are compared, each a process of its own on the same database."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from api import node
from api.failure import Failure
from api.processes import listen
from api.progress import step
from api.settings import ROOT, Settings

PEER = ROOT / "bench" / "peer"
SECONDS_TO_START = 120
"""PostGraphile reads the whole schema before it answers."""


@dataclass(frozen=True)
class Server:
    """Where one listens, and its process."""

    port: int
    pid: int


@contextmanager
def api(settings: Settings) -> Iterator[Server]:
    """Our API, as `serve` runs it. Raises Failure."""
    words = [sys.executable, "-m", "api", "serve", "--socket-fd"]
    with _served(words, settings.variables(), ready="/readyz") as server:
        yield server


@contextmanager
def pages_by_hand(settings: Settings) -> Iterator[Server]:
    """The pages written by hand. Raises Failure."""
    words = [sys.executable, "-m", "bench.handwritten"]
    with _served(words, settings.variables(), ready="/customer_list") as server:
        yield server


@contextmanager
def batched(settings: Settings) -> Iterator[Server]:
    """Our API, which answers by its batched execution. Raises Failure."""
    with _served([sys.executable, "-m", "bench.batched"], settings.variables(), ready="/readyz") as server:
        yield server


@contextmanager
def postgraphile(settings: Settings, public_keys: Sequence[Mapping[str, str]]) -> Iterator[Server]:
    """PostGraphile on the same database, with a pool of the same size. Raises Failure.

    public_keys  that the tokens of readers are signed with, as a JSON Web Key Set lists them
    """
    with step("PostGraphile") as installing:
        node.install(PEER, installing)
    variables = {
        "DATABASE_URL": str(settings.database_url),
        "POOL_SIZE": str(settings.database_pool_size),
        "PUBLIC_KEYS": json.dumps({"keys": public_keys}),
        "NODE_ENV": "production",
        "GRAPHILE_ENV": "production",
    }
    with _served([str(node.NODE), str(PEER / "server.mjs")], variables, ready="/graphql") as server:
        yield server


@contextmanager
def _served(words: Sequence[str], variables: Mapping[str, str], *, ready: str) -> Iterator[Server]:
    with listen("127.0.0.1", 0) as listening, tempfile.TemporaryFile() as said:
        port = listening.getsockname()[1]
        process = subprocess.Popen(
            [*words, str(listening.fileno())],
            env=os.environ | dict(variables),
            pass_fds=(listening.fileno(),),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        try:
            deadline = time.monotonic() + SECONDS_TO_START
            while not _reached(port, ready):
                if process.poll() is not None or time.monotonic() > deadline:
                    process.kill()
                    said.seek(0)
                    last = said.read().decode(errors="replace")[-2_000:]
                    raise Failure(f"{words[-1]} does not start:\n{last}", mend="see what it says above")
                time.sleep(0.1)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait()


def _reached(port: int, path: str) -> bool:
    try:
        with _direct().open(f"http://127.0.0.1:{port}{path}", timeout=2):
            return True
    except urllib.error.HTTPError as refusal:
        return refusal.code < 500
    except OSError:
        return False


def asked(port: int, path: str, body: str | None, token: str) -> dict[str, Any]:
    """One answer; by GET where there is no body."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body.encode() if body else None, headers)
    try:
        with _direct().open(request, timeout=60) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refusal:
        said = refusal.read().decode(errors="replace")[:1_000]
        raise Failure(f"port {port}, {path}: {refusal.code} {said}", mend="see what it says") from refusal


def text(port: int, path: str) -> str:
    """What is told there."""
    with _direct().open(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.read().decode()


def _direct() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(urllib.request.ProxyHandler({}))
