"""A request over HTTP and its answer, for the endpoint that has to be fast.

What a framework makes of a request and a response costs as much as all that the engine does for a small query.
"""

from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from api.http_problem import Headers


class Exchange:
    """One of them."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.method: str = scope["method"]
        self._scope, self._receive, self.send = scope, receive, send
        # Of several with one name, the first counts.
        self._headers: dict[bytes, bytes] = dict(reversed(scope["headers"]))

    def header(self, name: bytes) -> str | None:
        """What the request says under `name`, which is in lower case."""
        value = self._headers.get(name)
        return None if value is None else value.decode("latin-1")

    def query(self) -> dict[str, str]:
        """The parameters behind the question mark."""
        return dict(QueryParams(self._scope["query_string"]))

    async def body(self, *, most: int) -> bytes | None:
        """The body of the request; None where it has more than `most` bytes. Raises ClientDisconnect."""
        read = b""
        while True:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            read += message.get("body", b"")
            if len(read) > most:
                return None
            if not message.get("more_body", False):
                return read

    async def client_gone(self) -> None:
        """Returns when the client has gone away."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def answer(self, status: int, headers: Headers, body: bytes) -> None:
        """Send the whole answer."""
        headers.append((b"content-length", b"%d" % len(body)))
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})

    async def begin(self, status: int, headers: Headers) -> None:
        """Begin an answer whose parts follow one after the other."""
        await self.send({"type": "http.response.start", "status": status, "headers": headers})

    async def part(self, body: bytes) -> None:
        """Send one of them; returns when the client keeps up."""
        await self.send({"type": "http.response.body", "body": body, "more_body": True})

    async def end(self) -> None:
        """There are no more parts."""
        await self.send({"type": "http.response.body", "body": b""})
