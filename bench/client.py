"""The load generator: a few connections that ask one request after another, in a process of its own.

Reads one JSON order from standard input and writes one JSON result to standard output.
"""

import asyncio
import json
import math
import sys
import time
from dataclasses import asdict, dataclass
from itertools import cycle
from typing import cast

import uvloop


@dataclass(frozen=True)
class Order:
    """What to ask, how, and for how long; loopback only."""

    port: int
    path: str
    token: str
    bodies: list[str]
    clients: int
    seconds: float
    per_second: float | None = None
    """Requests, of all clients together; as many as are answered unless said."""
    comes_back: bool = False
    """Whoever is told to try again does so when they were told to; otherwise that ends it all."""


@dataclass(frozen=True)
class Result:
    """What came of it."""

    per_second: float
    p99_ms: float
    answers: int
    refused: int = 0


class Connection(asyncio.Protocol):
    """One keep-alive connection: the next request leaves when the last answer is complete."""

    def __init__(self, order: Order, offset: int, times: list[float], done: asyncio.Future[None]) -> None:
        self.refused = 0
        step = max(1, len(order.bodies) // order.clients) * offset
        self._requests = cycle(_request(order, body) for body in [*order.bodies[step:], *order.bodies[:step]])
        self._pause = 0 if order.per_second is None else order.clients / order.per_second
        # Not all of them at once.
        self._due_at = time.perf_counter() + self._pause * offset / order.clients
        self._deadline = time.perf_counter() + order.seconds
        self._comes_back = order.comes_back
        self._times = times
        self._done = done
        self._answer = bytearray()
        self._sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are no subclass of asyncio's.
        self._transport = cast(asyncio.Transport, transport)
        self._send_when_due()

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head, found, body = self._answer.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        if len(body) < length:
            return
        if self._comes_back and head.startswith(b"HTTP/1.1 503"):
            self.refused += 1
            self._due_at = time.perf_counter() + int(head.lower().split(b"retry-after:")[1].split(b"\r\n")[0])
            self._go_on()
            return
        if not head.startswith(b"HTTP/1.1 200") or body.startswith(b'{"errors"'):
            self._done.set_exception(RuntimeError(bytes(self._answer[:500]).decode()))
            self._transport.close()
            return
        self._times.append(time.perf_counter() - self._sent_at)
        self._go_on()

    def _go_on(self) -> None:
        self._answer.clear()
        if max(time.perf_counter(), self._due_at) < self._deadline:
            self._send_when_due()
        else:
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._done.done():
            self._done.set_result(None)

    def _send_when_due(self) -> None:
        wait = self._due_at - time.perf_counter()
        self._due_at += self._pause
        if wait > 0:
            asyncio.get_running_loop().call_later(wait, self._send)
        else:
            self._send()

    def _send(self) -> None:
        self._sent_at = time.perf_counter()
        self._transport.write(next(self._requests))


def _request(order: Order, body: str) -> bytes:
    content = body.encode()
    head = (
        f"POST {order.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {order.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


async def load(order: Order) -> Result:
    """Ask with as many connections as ordered until the time is over."""
    loop = asyncio.get_running_loop()
    times: list[float] = []
    ends = [loop.create_future() for _ in range(order.clients)]
    started = time.perf_counter()
    clients = [Connection(order, offset, times, end) for offset, end in enumerate(ends)]
    for client in clients:
        await loop.create_connection(lambda client=client: client, "127.0.0.1", order.port)
    await asyncio.gather(*ends)
    seconds = time.perf_counter() - started
    slow = sorted(times)[int(len(times) * 0.99)] if times else math.nan
    return Result(len(times) / seconds, slow * 1000, len(times), sum(client.refused for client in clients))


if __name__ == "__main__":
    json.dump(asdict(uvloop.run(load(Order(**json.load(sys.stdin))))), sys.stdout)
