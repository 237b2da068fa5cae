"""What goes over the wire: the head of an answer leaves with the beginning of its body, and none is kept back."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from factories.api import Api, listening, settings, signed_in

from api.connections import Whole

pytestmark = pytest.mark.anyio

QUERY = b'{"query":"{ __typename }"}'


@pytest.fixture
async def api(anyio_backend: str, sample_url: str, tmp_path: Path) -> AsyncIterator[Api]:
    async with listening(settings(sample_url, tmp_path)) as running:
        yield running


async def said(api: Api, *parts: bytes, until: bytes) -> list[bytes]:
    """What arrives after each part is sent, as it was read; the last ends with `until`."""
    reader, writer = await asyncio.open_connection(api.client.base_url.host, api.client.base_url.port)
    found: list[bytes] = []
    try:
        async with asyncio.timeout(10):
            for part in parts:
                writer.write(part)
                await writer.drain()
                found.append(await reader.read(65_536))
            while not found[-1].endswith(until):
                found[-1] += await reader.read(65_536)
        return found
    finally:
        writer.close()
        await writer.wait_closed()


def request(method: bytes, path: bytes, *headers: bytes, body: bytes = b"") -> bytes:
    """Its bytes."""
    length = [b"content-length: %d" % len(body)] if body else []
    return b"\r\n".join([method + b" " + path + b" HTTP/1.1", b"host: ketu.test", *length, *headers, b"", b""]) + body


def posted(*headers: bytes) -> bytes:
    """A query."""
    token = signed_in("analyst")["authorization"].encode()
    return request(
        b"POST", b"/graphql", b"content-type: application/json", b"authorization: " + token, *headers, body=QUERY
    )


class Written(asyncio.Transport):
    """What a transport is told to write, call by call."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[bytes] = []

    def write(self, data: bytes) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        self.calls.append(data)


def test_head_and_body_are_one_write_and_what_follows_is_not_kept():
    written = Written()
    whole = Whole(written)
    whole.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    whole.write(b"head")
    assert written.calls == [b"HTTP/1.1 100 Continue\r\n\r\n"]
    for part in (b"body", b"more"):
        whole.write(part)
    whole.flush()
    assert written.calls[1:] == [b"headbody", b"more"]


async def test_head_and_body_arrive_together(api: Api):
    (answer,) = await said(api, posted(), until=b"}")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert body.startswith(b'{"data":{"__typename" : "Query"}')


async def test_an_answer_without_a_body_arrives(api: Api):
    (answer,) = await said(api, request(b"HEAD", b"/healthz"), until=b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    # So does the one before another on the same connection.
    (both,) = await said(api, request(b"HEAD", b"/healthz") + request(b"GET", b"/healthz"), until=b"\r\n\r\nok\n")
    assert both.count(b"HTTP/1.1 200 OK\r\n") == 2


async def test_an_answer_that_ends_the_connection_arrives(api: Api):
    (answer,) = await said(api, request(b"HEAD", b"/healthz", b"connection: close"), until=b"\r\n\r\n")
    assert b"connection: close" in answer


async def test_who_waits_to_be_told_to_go_on_is_told_at_once(api: Api):
    whole = posted(b"expect: 100-continue")
    head, body = whole[: -len(QUERY)], whole[-len(QUERY) :]
    first, second = await said(api, head, body, until=b"}")
    assert first == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert second.startswith(b"HTTP/1.1 200 OK\r\n")


async def test_several_requests_at_once_are_answered_in_order(api: Api):
    (answers,) = await said(api, posted() + request(b"GET", b"/healthz"), until=b"ok\n")
    assert answers.count(b"HTTP/1.1 200 OK\r\n") == 2
    assert answers.index(b'"__typename"') < answers.index(b"ok\n")
