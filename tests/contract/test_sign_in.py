"""Signing in by password and code: who is let in, who is not, and what those learn who are not."""

import asyncio
import json
from datetime import timedelta

import pytest
import structlog
from factories.door import CAREFUL_USER, PASSWORD, USER, Door, granted, refusal

from domain.audit.log import Actor
from domain.user_account.administration import reset_password, unlock
from domain.user_account.model import SignInRules

pytestmark = pytest.mark.anyio

NEW = "another password of these tests"
INVALID = (401, "INVALID_CREDENTIALS")
FAILED_COUNT = """
    SELECT failed_count FROM ketu.credential AS credential
    JOIN ketu.user_account AS account ON account.id = credential.user_account_id WHERE username = $1
"""
LET_CHANGE = """
    UPDATE ketu.credential SET must_change_password = true, password_expires_at = $2
    WHERE user_account_id = (SELECT id FROM ketu.user_account WHERE username = $1)
"""


async def test_a_password_opens_a_session(door: Door):
    content = await door.signed_in()
    assert set(content) == {"accessToken", "refreshToken", "tokenType", "expiresIn"}
    assert (content["tokenType"], content["expiresIn"]) == ("Bearer", 600)
    assert await door.sees(content["accessToken"]) == 200
    assert await door.logged() == ["session.begin"]


# What those learn who are not let in


async def test_nobody_learns_whether_a_name_exists_is_locked_or_out_of_use(door: Door):
    await door.connection.execute("UPDATE ketu.user_account SET is_active = false WHERE username = 'teller-xuhui'")
    await door.connection.execute("UPDATE ketu.staff SET state = 'LEFT' WHERE id = (SELECT staff_id FROM "
                                  "ketu.user_account WHERE username = 'rm-haidian-1')")  # fmt: skip
    await door.connection.execute(
        "DELETE FROM ketu.credential WHERE user_account_id = (SELECT id FROM ketu.user_account WHERE username = $1)",
        "manager-xuhui",
    )
    for _ in range(5):
        await door.sign_in("teller-wangjing", "wrong")
    answers = [
        await door.sign_in(username, password)
        for username, password in (
            ("nobody", PASSWORD),
            (USER, "wrong"),
            ("teller-wangjing", PASSWORD),
            ("teller-xuhui", PASSWORD),
            ("rm-haidian-1", PASSWORD),
            ("manager-xuhui", PASSWORD),
        )
    ]
    assert {refusal(answer) for answer in answers} == {INVALID}
    assert len({answer.text for answer in answers}) == 1
    assert len({tuple(name for name in answer.headers) for answer in answers}) == 1


async def test_an_unknown_name_costs_a_hash_and_the_same_statements(door: Door, monkeypatch: pytest.MonkeyPatch):
    from api import app
    from domain.user_account.passwords import Passwords

    assert app.Passwords is Passwords
    hashed: list[str] = []
    verified = Passwords._verified
    monkeypatch.setattr(Passwords, "_verified", lambda self, *given: hashed.append("") or verified(self, *given))
    counts = []
    for username in ("nobody", USER):
        hashed.clear()
        before = await door.value("SELECT count(*) FROM audit.event")
        await door.sign_in(username, "wrong")
        counts.append((len(hashed), await door.value("SELECT count(*) FROM audit.event") - before))
    assert counts == [(1, 1), (1, 1)]


async def test_neither_log_holds_what_was_typed(
    door: Door, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
):
    monkeypatch.setattr("api.sign_in.log", structlog.get_logger())
    for username, password in (("secret-typed-as-name", "wrong"), (USER, "secret-typed-as-password")):
        await door.sign_in(username, password, totp="secret-typed-as-code")
    await door.sign_in()
    written = capfdbinary.readouterr()
    assert b"sign_in.answered" in written.out
    rows = await door.connection.fetch("SELECT to_jsonb(event)::text AS content FROM audit.event AS event")
    everything = (written.out + written.err).decode() + " ".join(row["content"] for row in rows)
    for typed in ("secret-typed", PASSWORD, USER):
        assert typed not in everything


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b'{"username": "a"}', 400),
        (b'{"username": "a", "password": 1}', 400),
        (b'{"username": "a", "password": {"$ne": ""}}', 400),
        (b'{"username": "a\\u0000", "password": "b"}', 400),
        (b'{"username": "a", "password": "\\ud800"}', 400),
        (b'{"username": "a", "password": "b", "web": "yes"}', 400),
        (b'{"username": "' + b"a" * 3_000 + b'", "password": "b"}', 400),
        (b'{"username": "a", "password": "' + b"b" * 20_000 + b'"}', 413),
    ],
)
async def test_a_body_that_is_no_attempt(door: Door, content: bytes, status: int):
    answer = await door.client.post("/auth/sign-in", content=content, headers={"content-type": "application/json"})
    assert refusal(answer)[0] == status
    assert await door.logged() == []


async def test_a_form_of_another_site_is_no_attempt(door: Door):
    content = json.dumps({"username": USER, "password": PASSWORD})
    answer = await door.client.post("/auth/sign-in", content=content, headers={"content-type": "text/plain"})
    assert refusal(answer) == (400, "INVALID_REQUEST")


# Failing again and again


async def test_after_five_failures_the_right_password_waits_too_and_ever_longer(door: Door):
    for _ in range(5):
        assert refusal(await door.sign_in(password="wrong")) == INVALID
    for seconds in (2, 4, 8):
        assert refusal(await door.sign_in()) == INVALID
        door.clock.move(seconds=seconds)
        assert refusal(await door.sign_in(password="wrong")) == INVALID
    door.clock.move(seconds=15)
    assert refusal(await door.sign_in()) == INVALID
    door.clock.move(seconds=1)
    await door.signed_in()
    assert await door.value(FAILED_COUNT, USER) == 0
    assert (await door.logged()).count("sign_in.lock") == 4
    assert (await door.logged()).count("sign_in.while_locked") == 4


async def test_attempts_while_locked_do_not_lengthen_the_wait(door: Door):
    for _ in range(5):
        await door.sign_in(password="wrong")
    for _ in range(10):
        await door.sign_in(password="wrong")
    assert await door.value(FAILED_COUNT, USER) == 5
    door.clock.move(seconds=2)
    await door.signed_in()


async def test_many_attempts_at_once_are_no_way_around_the_wait(door: Door):
    answers = await asyncio.gather(*(door.sign_in(password=f"guess {number}") for number in range(20)))
    assert {refusal(answer) for answer in answers} == {INVALID}
    assert await door.value(FAILED_COUNT, USER) == 5
    assert refusal(await door.sign_in()) == INVALID


async def test_an_administrator_unlocks(door: Door):
    for _ in range(5):
        await door.sign_in(password="wrong")
    await unlock(door.connection, USER, actor=Actor())
    await door.signed_in()


async def test_an_address_from_which_too_much_fails_waits_whoever_tries(door: Door):
    await door.sign_in("nobody", "wrong")
    await door.connection.execute("UPDATE ketu.sign_in_address SET failed_count = 49")
    assert refusal(await door.sign_in("somebody", "wrong")) == INVALID
    assert refusal(await door.sign_in()) == (429, "TOO_MANY_ATTEMPTS")
    door.clock.move(seconds=2)
    await door.signed_in()
    assert refusal(await door.sign_in("nobody", "wrong")) == INVALID
    assert await door.value("SELECT failed_count FROM ketu.sign_in_address") == 51
    door.clock.move(hours=1, seconds=1)
    await door.sign_in("nobody", "wrong")
    assert await door.value("SELECT failed_count FROM ketu.sign_in_address") == 1


# A password of one's own


async def test_a_password_for_once_must_be_changed(door: Door):
    before = await door.signed_in()
    await door.connection.execute(LET_CHANGE, USER, door.clock.now + timedelta(days=3))
    assert refusal(await door.sign_in()) == (403, "PASSWORD_CHANGE_REQUIRED")

    changed = granted(await door.post("/password", username=USER, password=PASSWORD, newPassword=NEW))

    assert await door.sees(changed["accessToken"]) == 200
    assert await door.sees(before["accessToken"]) == 401
    assert refusal(await door.sign_in()) == INVALID
    await door.signed_in(password=NEW)
    assert (await door.logged())[1:4] == ["credential.password", "session.end", "session.begin"]


async def test_a_password_for_once_is_good_for_three_days(door: Door):
    async with door.connection.transaction():
        await reset_password(
            door.connection,
            USER,
            password_hash=await door.value("SELECT password_hash FROM ketu.credential LIMIT 1"),
            password_expires_at=door.clock.now + SignInRules().one_time_password_lifetime,
            actor=Actor(),
            now=door.clock.now,
        )
    assert refusal(await door.sign_in()) == (403, "PASSWORD_CHANGE_REQUIRED")
    door.clock.move(days=3)
    assert refusal(await door.sign_in()) == INVALID
    assert refusal(await door.post("/password", username=USER, password=PASSWORD, newPassword=NEW)) == INVALID


@pytest.mark.parametrize("present", [PASSWORD, "wrong"])
@pytest.mark.parametrize("new", ["short", f"{USER} and more", "ababababababab"])
async def test_an_unfit_new_password_is_refused_whatever_the_present_one_is(door: Door, present: str, new: str):
    answer = await door.post("/password", username=USER, password=present, newPassword=new)
    assert refusal(answer) == (400, "UNFIT_PASSWORD")
    await door.signed_in()


async def test_the_present_password_is_no_new_one(door: Door):
    answer = await door.post("/password", username=USER, password=PASSWORD, newPassword=PASSWORD)
    assert refusal(answer) == (400, "UNFIT_PASSWORD")


async def test_guessing_by_changing_is_guessing(door: Door):
    for _ in range(5):
        assert refusal(await door.post("/password", username=USER, password="wrong", newPassword=NEW)) == INVALID
    assert refusal(await door.post("/password", username=USER, password=PASSWORD, newPassword=NEW)) == INVALID
    door.clock.move(seconds=2)
    await door.signed_in()


async def test_a_weaker_hash_is_renewed_by_the_next_sign_in(door: Door):
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
    await door.connection.execute("UPDATE ketu.credential SET password_hash = $1", weak)
    await door.signed_in()
    stored = await door.value(FAILED_COUNT.replace("failed_count", "password_hash"), USER)
    assert stored != weak
    await door.signed_in()


# A second factor


async def test_who_needs_a_second_factor_enrols_one_and_signs_in_by_it(door: Door):
    assert refusal(await door.sign_in(CAREFUL_USER)) == (403, "TOTP_ENROLMENT_REQUIRED")
    assert refusal(
        await door.post("/totp/confirm", username=CAREFUL_USER, password=PASSWORD, totp="123456")
    ) == (403, "NO_ENROLMENT")  # fmt: skip
    enrolled = (await door.post("/totp/enrol", username=CAREFUL_USER, password=PASSWORD)).json()
    assert enrolled["uri"].startswith("otpauth://totp/")
    assert refusal(await door.sign_in(CAREFUL_USER)) == (403, "TOTP_ENROLMENT_REQUIRED")

    code = door.code(enrolled["secret"])
    granted(await door.post("/totp/confirm", username=CAREFUL_USER, password=PASSWORD, totp=code))

    assert refusal(await door.sign_in(CAREFUL_USER)) == (403, "TOTP_REQUIRED")
    door.clock.move(seconds=30)
    await door.signed_in(CAREFUL_USER, totp=door.code(enrolled["secret"]))
    assert enrolled["secret"].encode() not in await door.value(
        "SELECT totp_secret_cipher FROM ketu.credential WHERE totp_secret_cipher IS NOT NULL"
    )
    assert "credential.second_factor" in await door.logged()


async def test_a_code_is_good_once(door: Door):
    secret = await door.enrol()
    assert refusal(await door.sign_in(CAREFUL_USER, totp=door.code(secret))) == (401, "INVALID_TOTP")
    door.clock.move(seconds=30)
    code = door.code(secret)
    answers = await asyncio.gather(*(door.sign_in(CAREFUL_USER, totp=code) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401]
    assert refusal(await door.sign_in(CAREFUL_USER, totp=door.code(secret, steps=-1))) == (401, "INVALID_TOTP")


async def test_wrong_codes_are_failures(door: Door):
    secret = await door.enrol()
    door.clock.move(seconds=30)
    for _ in range(5):
        assert refusal(await door.sign_in(CAREFUL_USER, totp="000000")) == (401, "INVALID_TOTP")
    assert refusal(await door.sign_in(CAREFUL_USER, totp=door.code(secret))) == INVALID
    door.clock.move(seconds=2)
    await door.signed_in(CAREFUL_USER, totp=door.code(secret))


async def test_a_password_alone_gets_no_new_authenticator_nor_password(door: Door):
    secret = await door.enrol()
    door.clock.move(seconds=30)
    asked = {"username": CAREFUL_USER, "password": PASSWORD}
    assert refusal(await door.post("/totp/enrol", **asked)) == (403, "TOTP_REQUIRED")
    assert refusal(await door.post("/totp/enrol", **asked, totp="000000")) == (401, "INVALID_TOTP")
    assert refusal(await door.post("/password", **asked, newPassword=NEW)) == (403, "TOTP_REQUIRED")

    other = (await door.post("/totp/enrol", **asked, totp=door.code(secret))).json()["secret"]
    granted(await door.post("/totp/confirm", **asked, totp=door.code(other)))

    door.clock.move(seconds=30)
    assert refusal(await door.sign_in(CAREFUL_USER, totp=door.code(secret))) == (401, "INVALID_TOTP")
    await door.signed_in(CAREFUL_USER, totp=door.code(other))


async def test_whoever_likes_may_have_a_second_factor(door: Door):
    secret = await door.enrol(USER)
    assert refusal(await door.sign_in()) == (403, "TOTP_REQUIRED")
    door.clock.move(seconds=30)
    await door.signed_in(totp=door.code(secret))


async def test_which_roles_need_one_is_data(door: Door):
    await door.connection.execute("INSERT INTO ketu.second_factor_role VALUES ('relationship_manager')")
    await door.connection.execute("DELETE FROM ketu.second_factor_role WHERE role = 'head_office_analyst'")
    assert refusal(await door.sign_in(USER)) == (403, "TOTP_ENROLMENT_REQUIRED")
    await door.signed_in(CAREFUL_USER)
