"""The ways into an API of this test: its clock stands still until the test moves it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from argon2 import PasswordHasher
from factories.api import OK, serving, settings
from factories.bank import SINCE

from api.app import create_app
from domain.user_account import totp

PASSWORD = "a password of these tests"
HASH = PasswordHasher().hash(PASSWORD)
USER = "rm-chaoyang-1"
"""Their role needs no second factor."""
CAREFUL_USER = "analyst"
"""Theirs does."""


@dataclass
class Clock:
    """What time it is."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    def __call__(self) -> datetime:
        return self.now

    def move(self, **units: float) -> None:
        """Let time pass."""
        self.now += timedelta(**units)


@dataclass
class Door:
    """A client outside, the clock, and a look at the tables."""

    client: httpx.AsyncClient
    clock: Clock
    connection: asyncpg.Connection

    async def post(self, path: str, *, token: str | None = None, **body: Any) -> httpx.Response:
        """One request below /auth, with a token or without."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return await self.client.post(f"/auth{path}", json=body, headers=headers)

    async def sign_in(self, username: str = USER, password: str = PASSWORD, **more: Any) -> httpx.Response:
        """One attempt."""
        return await self.post("/sign-in", username=username, password=password, **more)

    async def signed_in(self, username: str = USER, **more: Any) -> dict[str, Any]:
        """The tokens of a session."""
        return granted(await self.sign_in(username, **more))

    async def sees(self, token: str) -> int:
        """The status of a query under that token."""
        answer = await self.client.post("/graphql", json={"query": OK}, headers={"authorization": f"Bearer {token}"})
        return answer.status_code

    async def value(self, query: str, *arguments: Any) -> Any:
        """One value out of the tables."""
        return await self.connection.fetchval(query, *arguments)

    async def logged(self) -> list[str]:
        """Actions in the access log, in order."""
        rows = await self.connection.fetch(f"SELECT action FROM audit.event WHERE {SINCE} ORDER BY id")
        return [row["action"] for row in rows]

    async def enrol(self, username: str = CAREFUL_USER) -> str:
        """Give somebody an authenticator: its secret. The present step's code is used up."""
        secret = (await self.post("/totp/enrol", username=username, password=PASSWORD)).json()["secret"]
        code = self.code(secret)
        granted(await self.post("/totp/confirm", username=username, password=PASSWORD, totp=code))
        return secret

    def code(self, secret: str, *, steps: int = 0) -> str:
        """What the authenticator shows now, or some steps later."""
        return totp.code_at(secret, totp.step_of(self.clock.now) + steps)


def granted(answer: httpx.Response) -> dict[str, Any]:
    """The tokens, if there are any."""
    assert answer.status_code == 200, answer.text
    assert "accessToken" in answer.json(), answer.text
    return answer.json()


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Status and code; the message is there, nothing else is."""
    content = answer.json()
    assert set(content) == {"code", "message"}
    assert "accessToken" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, content["code"]


@asynccontextmanager
async def opened_door(url: str, folder: Path, **changes: Any) -> AsyncIterator[Door]:
    """An API on that database, in which everybody has the password, before a clock that stands still."""
    clock = Clock()
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            "INSERT INTO ketu.credential (user_account_id, password_hash) SELECT id, $1 FROM ketu.user_account "
            "ON CONFLICT DO NOTHING",
            HASH,
        )
        async with serving(settings(url, folder, **changes), make=partial(create_app, now=clock)) as api:
            yield Door(api.client, clock, connection)
    finally:
        await connection.close()


@pytest.fixture
async def door(
    anyio_backend: str, own_sample_url: str, tmp_path: Path, one_schema_per_process: None
) -> AsyncIterator[Door]:
    """The door of a sample bank of this test alone."""
    async with opened_door(own_sample_url, tmp_path) as opened:
        yield opened
