"""How watching ends: with the token, the session, the user, the process; and what is too much."""

import asyncio
import json
import socket as sockets
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import websockets
from factories.api import Api, listening, settings, signed_in
from factories.bank import Bank, change
from factories.door import HASH, PASSWORD
from factories.live import Watching, connected, streaming, watching
from websockets.typing import Subprotocol

from tests.live.test_subscriptions import CUSTOMER, TASKS, done
from tests.schema.test_tags_and_consents import GIVE, TAKE
from tests.schema.test_tasks import CREATE

pytestmark = pytest.mark.anyio

GIVEN = {"title": "x", "purpose": "OTHER", "assignedToId": "sta_9"}
ENDED = "The session has ended; sign in again."


async def test_a_socket_ends_with_its_token(live: Api):
    headers = signed_in("rm-chaoyang-1", lifetime=timedelta(seconds=2))
    async with watching(live, headers=headers) as socket:
        await socket.subscribe(TASKS)
        await socket.update()
        assert await socket.closed() == (4403, "The token has expired; sign in again.")


async def test_a_stream_ends_with_its_token(live: Api):
    headers = signed_in("rm-chaoyang-1", lifetime=timedelta(seconds=2)) | {"accept": "text/event-stream"}
    async with streaming(live, TASKS, headers=headers) as stream:
        await stream.update()
        last = await stream.next()
        assert last.body == {
            "errors": [
                {
                    "message": "The token has expired; sign in again.",
                    "extensions": {"code": "UNAUTHENTICATED"},
                }
            ]
        }
        assert (await stream.next()).type == "complete"


async def test_a_socket_ends_with_its_session(live: Api, own_bank: Bank):
    await change(
        own_bank,
        f"INSERT INTO ketu.credential (user_account_id, password_hash) VALUES (9, '{HASH}') ON CONFLICT DO NOTHING",
    )
    given = {"username": "rm-chaoyang-1", "password": PASSWORD}
    tokens = (await live.client.post("/auth/sign-in", json=given)).json()
    headers = {"authorization": f"Bearer {tokens['accessToken']}"}
    async with watching(live, headers=headers) as socket:
        await socket.subscribe(TASKS)
        await socket.update()
        assert (await live.client.post("/auth/sign-out", json={}, headers=headers)).json() == {"ended": 1}
        assert await socket.closed() == (4403, ENDED)


async def test_a_socket_ends_with_its_user(live: Api, own_bank: Bank):
    async with watching(live, "rm-chaoyang-1") as socket:
        await socket.subscribe(TASKS)
        await socket.update()
        await change(own_bank, "UPDATE ketu.user_account SET is_active = false WHERE id = 9")
        assert await socket.closed() == (4403, "The user of this token cannot sign in any more.")


async def test_a_key_that_is_withdrawn_ends_sockets(live: Api, own_bank: Bank, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("api.live.hub.ROUNDS", 1)
    monkeypatch.setattr("api.signing_keys.SECONDS_KEYS_ARE_KEPT", 0.1)
    async with watching(live, "rm-chaoyang-1") as socket:
        await change(own_bank, "UPDATE ketu.signing_key SET verifies_until = now() - interval '1 hour'")
        assert await socket.closed() == (4403, "The token is not valid here; sign in again.")


async def test_everybody_is_let_go_when_the_process_ends(
    own_sample_url: str, tmp_path: Path, one_schema_per_process: None
):
    async with listening(settings(own_sample_url, tmp_path)) as api:
        async with watching(api, "rm-chaoyang-1") as socket, streaming(api, TASKS, user="rm-chaoyang-1") as stream:
            await socket.subscribe(TASKS)
            await socket.update()
            await stream.update()
            begun = asyncio.get_running_loop().time()
            ending = asyncio.create_task(api.app.state.live.stop())
            # Without `complete`: a client goes on with another process.
            assert await socket.closed() == (1001, "This process ends; connect again.")
            with pytest.raises(StopAsyncIteration):
                await stream.next()
            await ending
            assert asyncio.get_running_loop().time() - begun < 2
        async with refused(api) as status:
            assert status == 503


class refused:
    """A handshake that is not accepted: its status."""

    def __init__(self, api: Api) -> None:
        self.api = api

    async def __aenter__(self) -> int:
        with pytest.raises(websockets.InvalidStatus) as caught:
            async with connected(self.api):
                pass
        return caught.value.response.status_code

    async def __aexit__(self, *_: Any) -> None: ...


async def test_there_are_only_so_many(own_sample_url: str, tmp_path: Path, one_schema_per_process: None):
    chosen = settings(own_sample_url, tmp_path, live_clients=2, live_per_client=2, live_per_user=3)
    async with listening(chosen) as api, watching(api, "rm-chaoyang-1") as one, watching(api, "rm-chaoyang-1") as two:
        for key in "ab":
            await one.subscribe(TASKS, key=key)
            await one.update(key=key)
        await one.subscribe(TASKS, key="c")
        assert await one.error(key="c") == (
            "TOO_COMPLEX", "A socket holds 2 operations: end some, or open another one.",
        )  # fmt: skip
        await two.subscribe(TASKS, key="a")
        await two.update(key="a")
        await two.subscribe(TASKS, key="b")
        assert await two.error(key="b") == (
            "TOO_COMPLEX", "You have 3 subscriptions here: end some before you begin others.",
        )  # fmt: skip
        async with refused(api) as status:
            assert status == 503
        sent = {**signed_in("rm-haidian-1"), "accept": "text/event-stream"}
        refusal = await api.client.post("/graphql", json={"query": TASKS}, headers=sent)
        assert refusal.status_code == 503
        # Whoever ends something makes room.
        await one.send(id="a", type="complete")
        await two.subscribe(TASKS, key="b")
        await two.update(key="b")
        metrics = (await api.client.get("/metrics")).text
        assert "ketu_live_clients 2.0" in metrics
        assert "ketu_live_subscriptions 3.0" in metrics
    async with listening(chosen) as api:
        for _ in range(4):
            async with watching(api, "rm-chaoyang-1") as one:
                await one.subscribe(TASKS)
                await one.update()
        await until_left(api)


async def until_left(api: Api) -> None:
    """Nothing is kept of who is gone."""
    async with asyncio.timeout(5):
        while "ketu_live_clients 0.0" not in (await api.client.get("/metrics")).text:
            await asyncio.sleep(0.05)
    assert "ketu_live_subscriptions 0.0" in (await api.client.get("/metrics")).text


LARGE = """subscription ($id: ID!) { customerChanges(id: $id) { eventId customer { tags { nodes { id } }
    %s } } }""" % " ".join(  # noqa: UP031
    f"a{n}: accounts {{ nodes {{ id balance {{ amount currency }} "
    "transactions(first: 100) { nodes { id bookedOn amount { amount currency } } } } }"
    for n in range(12)
)
"""Some forty kilobytes each time."""


@pytest.fixture
async def narrow(
    anyio_backend: str, own_sample_url: str, tmp_path: Path, one_schema_per_process: None
) -> AsyncIterator[Api]:
    """The API where nothing but itself keeps what a client does not read."""
    async with listening(settings(own_sample_url, tmp_path), send_buffer=4096) as running:
        yield running


async def slow_reader(api: Api) -> Watching:
    """A client whose machine takes little, and that does not read by itself."""
    address = httpx.URL(str(api.client.base_url))
    raw = sockets.socket()
    raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    raw.setblocking(False)
    await asyncio.get_running_loop().sock_connect(raw, (address.host, address.port))
    socket = await websockets.connect(
        f"ws://{address.host}:{address.port}/graphql",
        sock=raw,
        subprotocols=[Subprotocol("graphql-transport-ws")],
        max_queue=1,
        ping_interval=None,
        max_size=None,
        proxy=None,
    )
    client = Watching(socket)
    await client.send(type="connection_init", payload=signed_in("rm-chaoyang-1"))
    assert await client.next() == {"type": "connection_ack"}
    return client


async def test_who_reads_slowly_is_told_the_latest(narrow: Api, own_bank: Bank):
    client = await slow_reader(narrow)
    try:
        await client.subscribe(LARGE, id="cus_1")
        first = await client.update()
        assert len(json.dumps(first)) > 30_000
        given = {"customerId": "cus_1", "tagId": "tag_3"}
        changes = 25
        for number in range(changes):
            await done(own_bank, GIVE if number % 2 == 0 else TAKE, "rm-chaoyang-1", input=given)
            await asyncio.sleep(0.25)
        answers: list[Any] = []
        while await one_more(client, answers):
            pass
        assert len(answers[-1]["customer"]["tags"]["nodes"]) == len(first["customer"]["tags"]["nodes"]) + 1
        assert len(answers) < changes - 5
    finally:
        await client.socket.close()


async def one_more(client: Watching, answers: list[Any]) -> bool:
    """Whether another answer came."""
    try:
        async with asyncio.timeout(2):
            message = json.loads(await client.socket.recv())
    except TimeoutError:
        return False
    answers.append(message["payload"]["data"]["customerChanges"])
    return True


async def test_who_does_not_read_at_all_is_cut_off(narrow: Api, own_bank: Bank, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("api.live.outlet.SECONDS_TO_TAKE", 1)
    monkeypatch.setattr("api.live.transport.SECONDS_TO_SAY_WHY", 1)
    client = await slow_reader(narrow)
    try:
        await client.subscribe(LARGE, id="cus_1")
        given = {"customerId": "cus_1", "tagId": "tag_3"}
        for number in range(25):
            await done(own_bank, GIVE if number % 2 == 0 else TAKE, "rm-chaoyang-1", input=given)
            await asyncio.sleep(0.21)
        await until_left(narrow)
    finally:
        client.socket.transport.abort()


async def test_nobody_keeps_others_waiting(narrow: Api, own_bank: Bank):
    """One that does not read takes nothing from one that does."""
    stuck = await slow_reader(narrow)
    try:
        await stuck.subscribe(LARGE, id="cus_1")
        async with watching(narrow, "rm-chaoyang-1") as socket:
            await socket.subscribe(TASKS)
            await socket.update()
            await socket.subscribe(CUSTOMER, key="c", id="cus_1")
            await socket.update(key="c")
            await done(own_bank, CREATE, "manager-chaoyang", input=GIVEN)
            assert (await socket.update())["kind"] == "CHANGED"
    finally:
        stuck.socket.transport.abort()
