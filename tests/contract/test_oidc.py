"""Signing in by the bank's identity provider: a real one, in a process of its own, that plays by the rules or not."""

import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from factories import oidc_provider
from factories.door import CAREFUL_USER, USER, Clock, Door, granted, opened_door, refusal

from api.failure import Failure
from api.oidc import IdentityProvider, Login, Registration, registration
from api.settings import Settings
from domain.shared.problem import Problem, ProblemCode

pytestmark = pytest.mark.anyio

OURS = "http://127.0.0.1:8000"
REFUSED = (401, "UNAUTHENTICATED")


@pytest.fixture
def issuer() -> Iterator[str]:
    """The address of a provider that runs."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    running = subprocess.Popen([sys.executable, oidc_provider.__file__, str(port)])
    address = f"http://127.0.0.1:{port}"
    try:
        with httpx.Client(trust_env=False) as client:
            deadline = time.monotonic() + 30
            while not _answers(client, f"{address}/jwks"):
                assert running.poll() is None, "the provider ended"
                assert time.monotonic() < deadline, "the provider does not answer"
                time.sleep(0.05)
        yield address
    finally:
        running.terminate()
        running.wait()


def _answers(client: httpx.Client, address: str) -> bool:
    try:
        return client.get(address).status_code == 200
    except httpx.HTTPError:
        return False


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The provider is on this machine."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
async def door(
    anyio_backend: str, own_sample_url: str, tmp_path: Path, one_schema_per_process: None, issuer: str
) -> AsyncIterator[Door]:
    """The door of a bank that trusts the provider."""
    async with opened_door(
        own_sample_url,
        tmp_path,
        public_url=OURS,
        oidc_issuer=issuer,
        oidc_client_id=oidc_provider.CLIENT_ID,
        oidc_client_secret=oidc_provider.CLIENT_SECRET,
    ) as opened:
        yield opened


async def led_back(door: Door, *, user: str = USER, return_to: str = "/explorer", **choices: str) -> str:
    """As a browser: to the provider, where somebody signs in as `user`; the address it sends the browser back to."""
    away = await door.client.get("/auth/oidc/start", params={"returnTo": return_to})
    assert away.status_code == 303
    async with httpx.AsyncClient(trust_env=False) as browser:
        back = await browser.get(f"{away.headers['location']}", params=_also(away, user=user, **choices))
    assert back.status_code == 302
    return back.headers["location"].removeprefix(OURS)


def _also(away: httpx.Response, **choices: str) -> dict[str, str]:
    asked = parse_qs(urlsplit(away.headers["location"]).query)
    return {name: values[0] for name, values in asked.items()} | choices


async def arrived(door: Door, **choices: str) -> httpx.Response:
    """The whole way."""
    return await door.client.get(await led_back(door, **choices))


async def test_the_provider_signs_a_user_in(door: Door):
    answer = await arrived(door)
    assert (answer.status_code, answer.headers["location"]) == (303, "/explorer")
    assert "SameSite=strict" in answer.headers["set-cookie"]
    assert "ketu_login" not in door.client.cookies
    content = granted(await door.client.post("/auth/refresh", json={}))
    assert await door.sees(content["accessToken"]) == 200
    assert await door.value("SELECT means FROM ketu.session") == "OPENID_CONNECT"
    assert await door.logged() == ["session.begin"]


async def test_what_is_asked_of_the_provider(door: Door, issuer: str):
    away = await door.client.get("/auth/oidc/start")
    asked = parse_qs(urlsplit(away.headers["location"]).query)
    assert away.headers["location"].startswith(f"{issuer}/authorize?")
    assert asked["redirect_uri"] == [f"{OURS}/auth/oidc/callback"]
    assert asked["code_challenge_method"] == ["S256"]
    assert {"HttpOnly", "Path=/auth/oidc", "SameSite=lax"} <= set(away.headers["set-cookie"].split("; "))
    another = await door.client.get("/auth/oidc/start")
    for name in ("state", "nonce", "code_challenge"):
        assert len(asked[name][0]) >= 32
        assert asked[name] != parse_qs(urlsplit(another.headers["location"]).query)[name]


@pytest.mark.parametrize("fault", oidc_provider.REFUSED_FAULTS)
async def test_an_answer_that_is_not_as_it_must_be_signs_nobody_in(door: Door, fault: str):
    assert refusal(await arrived(door, fault=fault)) == REFUSED
    assert await door.value("SELECT count(*) FROM ketu.session") == 0
    assert await door.logged() == ["sign_in.identity_refused"]


async def test_who_is_declined_there_is_not_signed_in_here(door: Door):
    assert refusal(await arrived(door, fault="declined")) == REFUSED


async def test_a_provider_that_turns_its_keys_is_followed(door: Door):
    assert (await arrived(door)).status_code == 303
    # Keys that are not known are looked for every ten seconds at most; these tests do not wait for it.
    provider = door.client._transport.app.state.sign_in._provider  # pyright: ignore
    provider._monotonic = lambda: time.monotonic() + 60
    assert (await arrived(door, fault="turned-key")).status_code == 303
    assert (await arrived(door, fault="turned-key")).status_code == 303


# Whom it names


@pytest.mark.parametrize("user", ["nobody", "", "teller-xuhui"])
async def test_nobody_is_made_or_let_in_because_the_provider_knows_them(door: Door, user: str):
    await door.connection.execute("UPDATE ketu.user_account SET is_active = false WHERE username = 'teller-xuhui'")
    before = await door.value("SELECT count(*) FROM ketu.user_account")
    assert refusal(await arrived(door, user=user)) == (403, "UNKNOWN_USER")
    assert await door.value("SELECT count(*) FROM ketu.user_account") == before
    assert await door.logged() == ["sign_in.unknown_user"]


async def test_who_needs_a_second_factor_has_shown_one_there(door: Door):
    assert refusal(await arrived(door, user=CAREFUL_USER)) == (403, "SECOND_FACTOR_REQUIRED")
    assert (await arrived(door, user=CAREFUL_USER, otp="yes")).status_code == 303


# Whose login it is


async def test_a_code_is_good_once(door: Door):
    back = await led_back(door)
    login = door.client.cookies["ketu_login"]
    assert (await door.client.get(back)).status_code == 303
    door.client.cookies.set("ketu_login", login, domain="ketu.test", path="/auth/oidc")
    assert refusal(await door.client.get(back)) == REFUSED


async def test_the_answer_to_another_login_is_refused(door: Door):
    """Otherwise a link could sign somebody in as somebody else."""
    strangers = await led_back(door)
    await led_back(door)
    answer = await door.client.get(strangers)
    assert refusal(answer) == REFUSED
    # Nonce and verifier would not match either; the state is to stop it before the provider is asked.
    assert answer.json()["message"] == "This is not the login that was begun here; begin again."
    door.client.cookies.clear()
    assert refusal(await door.client.get(strangers)) == REFUSED


async def test_a_login_that_takes_too_long_is_refused(door: Door):
    back = await led_back(door)
    door.clock.move(minutes=10)
    assert refusal(await door.client.get(back)) == REFUSED


async def test_what_keeps_a_login_is_no_access_token_nor_the_other_way_round(door: Door):
    back = await led_back(door)
    login = door.client.cookies["ketu_login"]
    assert await door.sees(login) == 401
    content = await door.signed_in()
    door.client.cookies.set("ketu_login", content["accessToken"], domain="ketu.test", path="/auth/oidc")
    assert refusal(await door.client.get(back)) == REFUSED
    assert jwt.get_unverified_header(login)["typ"] == "ketu-login+jwt"


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/explorer?x=1", "/explorer?x=1"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("", "/"),
    ],
)
async def test_nobody_is_led_away_from_here(door: Door, asked: str, led: str):
    answer = await arrived(door, return_to=asked)
    assert (answer.status_code, answer.headers["location"]) == (303, led)


# How it is set up


def test_half_a_provider_is_refused_at_the_start():
    with pytest.raises(Failure, match="KETU_OIDC_CLIENT_ID"):
        registration(Settings(oidc_issuer="https://id.bank.example"))
    assert registration(Settings()) is None


@pytest.mark.parametrize("address", ["http://id.bank.example", "id.bank.example", "https://", "ftp://127.0.0.1"])
def test_an_issuer_without_https_is_refused(address: str):
    with pytest.raises(Failure, match="KETU_OIDC_ISSUER"):
        Settings.read({"KETU_OIDC_ISSUER": address})


async def test_a_provider_that_is_away_or_another_is_unavailable(issuer: str):
    for address in ("http://127.0.0.1:1", issuer.replace("127.0.0.1", "localhost")):
        async with httpx.AsyncClient(trust_env=False) as http:
            registered = Registration(address, "ketu", "secret", f"{OURS}/auth/oidc/callback", "preferred_username")
            with pytest.raises(Problem) as refused:
                await IdentityProvider(registered, http, now=Clock()).beginning(Login())
        assert refused.value.code is ProblemCode.UNAVAILABLE
        assert "secret" not in refused.value.message
