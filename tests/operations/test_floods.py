"""Clients that ask for too much, too slowly, or for nothing at all: an ordinary request is answered meanwhile."""

import asyncio
import json
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx
import pytest
from factories.api import OK, signed_in
from factories.served import Served, served

pytestmark = pytest.mark.anyio

MEGABYTE = 2**20
SECONDS_TO_SPEAK = 10
"""After which the server gives up."""


@pytest.fixture(scope="module")
def server(sample_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(sample_url, tmp_path_factory.mktemp("served"), KETU_DATABASE_POOL_SIZE="2") as running:
        with running.client() as client:
            for _ in range(3):
                client.post("/graphql", json={"query": OK}, headers=signed_in("analyst")).raise_for_status()
        yield running


async def answers(server: Served) -> None:
    """Somebody else is answered."""
    async with httpx.AsyncClient(base_url=server.address, timeout=60, trust_env=False) as client:
        answer = await client.post("/graphql", json={"query": OK}, headers=signed_in("regional-beijing"))
        assert answer.json()["data"] == {"viewer": {"username": "regional-beijing"}}


def raised_to(files: int) -> int:
    """How many files this process may have, as near to `files` as the system lets it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = files if hard == resource.RLIM_INFINITY else min(files, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return allowed


async def connected(server: Served, *said: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    for part in said:
        writer.write(part)
    return reader, writer


async def status_of(reader: asyncio.StreamReader) -> int:
    """Of the answer, with the connection's end; 408 where that is all that comes to a client that goes on talking."""
    async with asyncio.timeout(SECONDS_TO_SPEAK + 50):
        try:
            head = await reader.readline()
        except ConnectionError:
            return 408
        # What was sent and not read lets the system end the connection with an error, after the answer.
        with suppress(ConnectionError):
            await reader.read()
    return int(head.split()[1])


def nested(depth: int) -> dict[str, Any]:
    where: dict[str, Any] = {}
    for _ in range(depth):
        where = {"not": where}
    return where


FILTERED = "query ($where: CustomerWhere) { customers(where: $where) { totalCount } }"
HOSTILE: dict[str, tuple[dict[str, Any], int]] = {
    "ten thousand aliases": ({"query": "{" + " ".join(f"a{n}: __typename" for n in range(10_000)) + "}"}, 400),
    "a thousand fields of one name": ({"query": "{" + "viewer { username } " * 490 + "}"}, 400),
    "a million bytes of document": ({"query": "{ __typename } #" + "x" * 980_000}, 400),
    "more than a million bytes": ({"query": "{ __typename } #" + "x" * 1_100_000}, 413),
    "selections within selections": ({"query": "{ a " * 20_000 + "}" * 20_000}, 400),
    "values within values": (
        {"query": "{ customers(where: " + "{not: " * 9_000 + "{}" + "}" * 9_000 + ") { id } }"},
        400,
    ),
    "lists within lists": ({"query": "{ nodes(ids: " + "[" * 40_000 + "]" * 40_000 + ") { id } }"}, 400),
    "types within types": ({"query": "query ($a: " + "[" * 40_000 + "Int" + "]" * 40_000 + ") { __typename }"}, 400),
    "variables within variables": ({"query": FILTERED, "variables": {"where": nested(450)}}, 400),
    "a hundred thousand conditions": (
        {"query": FILTERED, "variables": {"where": {"or": [{"version": {"eq": 1}}] * 30_000}}},
        400,
    ),
    "a long list": ({"query": FILTERED, "variables": {"where": {"customerNo": {"in": ["1"] * 150_000}}}}, 400),
    "unknown variables": ({"query": OK, "variables": {f"v{n}": n for n in range(50_000)}}, 200),
}


@pytest.mark.parametrize("case", HOSTILE)
async def test_a_flood_of_hostile_requests(server: Served, case: str):
    body, expected = HOSTILE[case]
    content = json.dumps(body).encode()
    before = server.memory
    headers = signed_in("analyst") | {"content-type": "application/json"}
    async with httpx.AsyncClient(base_url=server.address, timeout=60, trust_env=False) as client:
        flood = [asyncio.create_task(client.post("/graphql", content=content, headers=headers)) for _ in range(20)]
        await answers(server)
        found = await asyncio.gather(*flood)
    # Who goes on has to wait in the end.
    assert {answer.status_code for answer in found} <= {expected, 429}
    for answer in found:
        if answer.status_code != 200:
            (code,) = {error["extensions"]["code"] for error in answer.json()["errors"]}
            assert code in ("TOO_COMPLEX", "INVALID_REQUEST", "RATE_LIMITED")
    assert server.memory - before < 150 * MEGABYTE


async def test_ten_thousand_documents_are_not_all_remembered(server: Served):
    before = server.memory
    padding = "# " + "x" * 20_000
    async with httpx.AsyncClient(base_url=server.address, timeout=60, trust_env=False) as client:
        for user in ("analyst", "regional-beijing", "manager-chaoyang"):
            for number in range(300):
                query = f"{{ a{user.count('a')}b{number}: __typename }} {padding}"
                answer = await client.post("/graphql", json={"query": query}, headers=signed_in(user))
                assert answer.status_code in (200, 429)
    assert server.memory - before < 150 * MEGABYTE


async def test_ten_thousand_open_sockets(server: Served):
    count = min(10_000, raised_to(10_400) - 400)
    before = server.memory
    opened = []
    try:
        for _ in range(count // 200):
            opened += await asyncio.gather(*(connected(server) for _ in range(200)))
        await answers(server)
        sys.stderr.write(f"{len(opened):,} sockets, {(server.memory - before) / MEGABYTE:.0f} MB\n")
        assert server.memory - before < 300 * MEGABYTE
    finally:
        for _, writer in opened:
            writer.close()


@pytest.mark.parametrize("part", ["headers", "body", "nothing"])
async def test_clients_that_never_come_to_an_end(server: Served, part: str):
    head = b"POST /graphql HTTP/1.1\r\nHost: ketu\r\nContent-Type: application/json\r\n"
    token = signed_in("analyst")["authorization"].encode()
    begun = {
        "headers": (head,),
        "body": (head, b"Authorization: %s\r\nContent-Length: 1000\r\n\r\n{" % token),
        "nothing": (),
    }[part]
    opened = [await connected(server, *begun) for _ in range(200)]

    async def trickle() -> None:
        while True:
            await asyncio.sleep(0.5)
            for _, writer in opened:
                if begun and not writer.is_closing():
                    writer.write(b"x: y\r\n" if part == "headers" else b" ")

    trickling = asyncio.create_task(trickle())
    try:
        await answers(server)
        statuses = await asyncio.gather(*(status_of(reader) for reader, _ in opened))
    finally:
        trickling.cancel()
        for _, writer in opened:
            writer.close()
    assert set(statuses) == {408}
    await answers(server)


async def test_endless_headers(server: Served):
    reader, writer = await connected(server, b"GET /healthz HTTP/1.1\r\nHost: ketu\r\n")
    writer.write((b"x-more: " + b"y" * 1_000 + b"\r\n") * 40)
    assert await status_of(reader) == 431
    writer.close()
    await answers(server)


async def test_a_flood_without_tokens(server: Served):
    before = server.memory
    async with httpx.AsyncClient(base_url=server.address, timeout=60, trust_env=False) as client:
        bodies = [b'{"query": "{ __typename }"}', b"{" * 100_000]
        flood = [client.post("/graphql", content=bodies[n % 2]) for n in range(300)]
        statuses = {answer.status_code for answer in await asyncio.gather(*flood)}
    assert statuses == {401}
    assert server.memory - before < 50 * MEGABYTE
    await answers(server)
