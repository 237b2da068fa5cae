"""The API in this process, on a database of the tests, and what its clients send and read."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from factories.bank import KEY_RING, SIGNING_KEY, built_schema
from starlette.applications import Starlette

from api.app import create_app
from api.authentication import signed, utc_now
from api.server import server as server_of
from api.settings import Settings
from domain.user_account.sessions import Granted
from domain.user_account.signing_keys import SigningKey

SESSION_ID = 10**15
"""Of a session of which nothing is on record, so that nothing says that it has ended."""
OK = "{ viewer { username } }"


@dataclass
class Api:
    """A running API and what its clients hold."""

    app: Starlette
    client: httpx.AsyncClient

    async def post(self, query: str = OK, *, user: str = "analyst", **body: Any) -> httpx.Response:
        """One query as `user`."""
        return await self.client.post("/graphql", json={"query": query, **body}, headers=signed_in(user))


def signed_in(
    user: str, *, lifetime: timedelta = timedelta(minutes=5), key: SigningKey = SIGNING_KEY
) -> dict[str, str]:
    """The header of a signed-in user."""
    now = utc_now()
    granted = Granted(user, SESSION_ID, now + timedelta(hours=12), None)
    token = signed(granted, key=key, lifetime=lifetime, now=now)
    return {"authorization": f"Bearer {token}", "accept": "application/graphql-response+json"}


def settings(url: str, folder: Path, **changes: Any) -> Settings:
    """Settings of an API of this test."""
    # Whether the web application is built here is not what tests of the API depend on; those of its page say so.
    chosen = replace(Settings(database_url=url, data=folder, database_pool_size=2, web=False), **changes)
    if not chosen.key_ring.exists():
        KEY_RING.save(chosen.key_ring)
    return chosen


@asynccontextmanager
async def serving(chosen: Settings, *, make: Callable[[Settings], Starlette] = create_app) -> AsyncIterator[Api]:
    """The API, or another application, in this process, without sockets."""
    app = make(chosen)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://ketu.test") as client:
            yield Api(app, client)


@asynccontextmanager
async def listening(chosen: Settings, *, send_buffer: int | None = None) -> AsyncIterator[Api]:
    """The API behind a real server on a free port.

    send_buffer  bytes that the system takes off the server's hands before a client reads them
    """
    app = create_app(chosen)
    listener = socket.socket()
    if send_buffer is not None:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer)
    listener.bind(("127.0.0.1", 0))
    server = server_of(app)
    server.install_signal_handlers = lambda: None  # pyright: ignore
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started:
            await asyncio.sleep(0.01)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with httpx.AsyncClient(base_url=address, timeout=20, trust_env=False) as client:
            yield Api(app, client)
    finally:
        server.should_exit = True
        await running
        listener.close()


def error_of(answer: httpx.Response) -> tuple[int, str, str]:
    """Status, code and message of the only error."""
    (error,) = answer.json()["errors"]
    assert "data" not in answer.json()
    assert error["extensions"]["requestId"] == answer.headers["x-request-id"]
    return answer.status_code, error["extensions"]["code"], error["message"]


@pytest.fixture(scope="session")
def one_schema_per_process() -> Iterator[None]:
    """Building the schema takes a second, and is the same each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("api.app.build_schema", built_schema)
        yield


@pytest.fixture
async def api(anyio_backend: str, sample_url: str, tmp_path: Path, one_schema_per_process: None) -> AsyncIterator[Api]:
    """The API on the sample bank."""
    async with serving(settings(sample_url, tmp_path)) as running:
        yield running
