"""Service accounts: programs of integrators, with a scope, a purpose, a term, and secrets that overlap."""

import asyncio
from datetime import timedelta
from urllib.parse import quote

import httpx
import jwt
import pytest
from factories.door import PASSWORD, Door, refusal

from domain.audit.log import Actor
from domain.user_account.administration import (
    RoleInBranch,
    Unacceptable,
    add_service,
    add_user,
    disable,
    renew_service,
)
from domain.user_account.model import AccountKind

pytestmark = pytest.mark.anyio

NAME = "statements"
BRANCHES = "{ branches { totalCount } }"


async def added(door: Door, *, name: str = NAME, days: int = 30) -> str:
    """Its secret: it reads what a relationship manager of the first branch reads."""
    branch_no = await door.value("SELECT branch_no FROM ketu.branch WHERE parent_id IS NULL")
    async with door.connection.transaction():
        return await add_service(
            door.connection,
            name,
            staff_no=await door.value("SELECT staff_no FROM ketu.staff WHERE state = 'ACTIVE' ORDER BY id LIMIT 1"),
            roles=[RoleInBranch("head_office_analyst", branch_no)],
            purpose="monthly statements",
            expires_at=door.clock.now + timedelta(days=days),
            actor=Actor(),
            now=door.clock.now,
        )


async def token(door: Door, secret: str, *, name: str = NAME) -> httpx.Response:
    form = {"grant_type": "client_credentials"}
    return await door.client.post("/auth/token", data=form, auth=(quote(name), quote(secret)))


def refused(answer: httpx.Response) -> bool:
    if answer.status_code == 401:
        assert answer.json() == {"error": "invalid_client"}
    return answer.status_code == 401


async def test_a_secret_brings_a_token_for_ten_minutes(door: Door):
    secret = await added(door)
    answer = await token(door, secret)
    content = answer.json()
    assert (set(content), answer.status_code) == ({"access_token", "token_type", "expires_in"}, 200)
    assert (content["token_type"], content["expires_in"]) == ("Bearer", 600)
    assert answer.headers["cache-control"] == "no-store"
    headers = {"authorization": f"Bearer {content['access_token']}"}
    asked = await door.client.post("/graphql", json={"query": "{ viewer { username } }"}, headers=headers)
    assert asked.json()["data"] == {"viewer": {"username": NAME}}
    door.clock.move(minutes=10)
    assert await door.sees(content["access_token"]) == 401
    assert await door.logged() == ["service_account.add", "session.begin"]


async def test_what_it_reads_for_stands_in_the_log_unless_a_request_says_more(door: Door):
    access = (await token(door, await added(door))).json()["access_token"]
    for purpose in (None, "statement 4711"):
        headers = {"authorization": f"Bearer {access}"} | ({"x-purpose": purpose} if purpose else {})
        body = {"query": "query Statement { customers(first: 1) { nodes { displayName } } }"}
        assert (await door.client.post("/graphql", json=body, headers=headers)).status_code == 200
    logged = "SELECT array_agg(purpose ORDER BY id) FROM audit.event WHERE action = 'Statement'"
    async with asyncio.timeout(5):
        while len(kept := await door.value(logged) or []) < 2:
            await asyncio.sleep(0.05)
    assert kept == ["monthly statements", "statement 4711"]


async def test_the_secret_may_come_in_the_form(door: Door):
    secret = await added(door)
    form = {"grant_type": "client_credentials", "client_id": NAME, "client_secret": secret}
    assert (await door.client.post("/auth/token", data=form)).status_code == 200


async def test_wrong_secrets_names_and_grants(door: Door):
    secret = await added(door)
    other = await added(door, name="other")
    for name, sent in ((NAME, "wrong"), ("nobody", secret), (NAME, other), (NAME, ""), ("rm-chaoyang-1", PASSWORD)):
        assert refused(await token(door, sent, name=name))
    for form in ({"grant_type": "password"}, {}, {"grant_type": "refresh_token"}):
        answer = await door.client.post("/auth/token", data=form, auth=(NAME, secret))
        assert (answer.status_code, answer.json()) == (400, {"error": "unsupported_grant_type"})
    answer = await door.client.post("/auth/token", headers={"authorization": "Basic ÿ".encode("latin-1")})
    assert refusal(answer) == (400, "INVALID_REQUEST")
    assert await door.value("SELECT count(*) FROM ketu.session") == 0


async def test_a_service_account_has_no_password_and_a_user_no_secret(door: Door):
    secret = await added(door)
    assert refusal(await door.sign_in(NAME, secret)) == (401, "INVALID_CREDENTIALS")
    await door.connection.execute(
        "INSERT INTO ketu.credential (user_account_id, password_hash) "
        "SELECT account.id, (SELECT password_hash FROM ketu.credential LIMIT 1) "
        "FROM ketu.user_account AS account WHERE username = $1",
        NAME,
    )
    assert refusal(await door.sign_in(NAME, PASSWORD)) == (401, "INVALID_CREDENTIALS")


async def test_it_ends_with_its_term_and_no_token_lives_longer(door: Door):
    secret = await added(door, days=1)
    door.clock.move(hours=23, minutes=58)
    content = (await token(door, secret)).json()
    assert content["expires_in"] == 120
    door.clock.move(minutes=2)
    assert await door.sees(content["access_token"]) == 401
    assert refused(await token(door, secret))


async def test_disabling_it_ends_its_tokens(door: Door):
    secret = await added(door)
    content = (await token(door, secret)).json()
    async with door.connection.transaction():
        await disable(door.connection, NAME, kind=AccountKind.SERVICE, actor=Actor(), now=door.clock.now)
    assert await door.sees(content["access_token"]) == 401
    assert refused(await token(door, secret))


async def test_it_ends_when_nobody_answers_for_it_any_more(door: Door):
    secret = await added(door)
    await door.connection.execute("UPDATE ketu.staff SET state = 'LEFT'")
    assert refused(await token(door, secret))


async def test_a_new_secret_and_the_old_one_overlap(door: Door):
    old = await added(door)
    async with door.connection.transaction():
        new = await renew_service(
            door.connection,
            NAME,
            expires_at=door.clock.now + timedelta(days=300),
            old_secrets_end_at=door.clock.now + timedelta(days=7),
            actor=Actor(),
            now=door.clock.now,
        )
    assert not refused(await token(door, old))
    assert not refused(await token(door, new))
    door.clock.move(days=7)
    assert refused(await token(door, old))
    door.clock.move(days=292)
    assert not refused(await token(door, new))


@pytest.mark.parametrize("days", [-1, 0, 367])
async def test_a_term_is_within_a_year(door: Door, days: int):
    with pytest.raises(Unacceptable, match="within a year"):
        await added(door, days=days)
    assert await door.value("SELECT count(*) FROM ketu.service_account") == 0


async def test_what_cannot_be_added_says_why_and_leaves_nothing(door: Door):
    before = await door.value("SELECT count(*) FROM ketu.user_account")
    given = {"password_hash": "x", "password_expires_at": door.clock.now, "actor": Actor(), "now": door.clock.now}
    staff_no = await door.value("SELECT min(staff_no) FROM ketu.staff WHERE state = 'ACTIVE'")
    for name, number, role, reason in (
        ("new", "no such number", None, "no active member of staff"),
        ("analyst", staff_no, None, "already"),
        ("new", staff_no, RoleInBranch("teller", "no such branch"), "no branch has the number"),
    ):
        with pytest.raises(Unacceptable, match=reason):
            async with door.connection.transaction():
                await add_user(door.connection, name, staff_no=number, roles=[role] if role else [], **given)
    assert await door.value("SELECT count(*) FROM ketu.user_account") == before


async def test_guessing_secrets_makes_an_address_wait(door: Door):
    secret = await added(door)
    await token(door, "wrong")
    await door.connection.execute("UPDATE ketu.sign_in_address SET failed_count = 49")
    await token(door, "wrong")
    answer = await token(door, secret)
    assert (answer.status_code, answer.json()) == (429, {"error": "invalid_client"})


async def test_many_tokens_displace_no_others(door: Door):
    secret = await added(door)
    first = (await token(door, secret)).json()["access_token"]
    for _ in range(11):
        last = (await token(door, secret)).json()["access_token"]
    assert await door.sees(first) == 200
    assert jwt.get_unverified_header(last)["typ"] == "at+jwt"
