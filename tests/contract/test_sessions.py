"""Sessions: carried on by refresh tokens, each good once; ended by their user, by theft, by time."""

import asyncio

import pytest
from factories.door import CAREFUL_USER, PASSWORD, USER, Door, granted, refusal

from domain.audit.log import Actor
from domain.user_account.administration import disable
from domain.user_account.model import AccountKind

pytestmark = pytest.mark.anyio

ENDED = (401, "SESSION_ENDED")
REASONS = "SELECT array_agg(end_reason ORDER BY id) FROM ketu.session"


async def refreshed(door: Door, token: str) -> dict[str, str]:
    return granted(await door.post("/refresh", refreshToken=token))


# Refresh tokens


async def test_a_refresh_token_brings_the_next_one_and_the_session_goes_on(door: Door):
    first = await door.signed_in()
    door.clock.move(minutes=11)
    assert await door.sees(first["accessToken"]) == 401
    second = await refreshed(door, first["refreshToken"])
    assert second["refreshToken"] != first["refreshToken"]
    assert await door.sees(second["accessToken"]) == 200
    assert await door.value("SELECT count(*) FROM ketu.session") == 1
    stored = await door.value("SELECT string_agg(encode(token_hash, 'escape'), '') FROM ketu.refresh_token")
    assert second["refreshToken"] not in stored


async def test_a_refresh_token_that_comes_again_ends_the_session_for_both_holders(door: Door):
    stolen = (await door.signed_in())["refreshToken"]
    thief = await refreshed(door, stolen)
    assert refusal(await door.post("/refresh", refreshToken=stolen)) == ENDED
    assert refusal(await door.post("/refresh", refreshToken=thief["refreshToken"])) == ENDED
    assert await door.sees(thief["accessToken"]) == 401
    assert await door.value(REASONS) == ["REFRESH_REUSED"]
    assert (await door.logged())[1:3] == ["session.refresh_reused", "session.end"]


async def test_other_sessions_outlive_a_theft(door: Door):
    other = await door.signed_in()
    stolen = (await door.signed_in())["refreshToken"]
    await refreshed(door, stolen)
    await door.post("/refresh", refreshToken=stolen)
    assert await door.sees(other["accessToken"]) == 200
    await refreshed(door, other["refreshToken"])


async def test_of_two_at_the_same_moment_one_wins_and_the_session_ends(door: Door):
    token = (await door.signed_in())["refreshToken"]
    answers = await asyncio.gather(*(door.post("/refresh", refreshToken=token) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [200, 401]
    (winner,) = (answer.json() for answer in answers if answer.status_code == 200)
    assert await door.sees(winner["accessToken"]) == 401
    assert refusal(await door.post("/refresh", refreshToken=winner["refreshToken"])) == ENDED
    assert await door.value("SELECT count(*) FROM ketu.refresh_token") == 2


@pytest.mark.parametrize("token", ["nonsense", "", "x" * 3_000])
async def test_what_is_no_refresh_token(door: Door, token: str):
    answer = await door.post("/refresh", refreshToken=token)
    assert refusal(answer)[0] in (400, 401)
    assert await door.value("SELECT count(*) FROM ketu.session") == 0


async def test_an_access_token_refreshes_nothing(door: Door):
    content = await door.signed_in()
    assert refusal(await door.post("/refresh", refreshToken=content["accessToken"])) == ENDED
    assert await door.sees(content["refreshToken"]) == 401
    assert await door.sees(content["accessToken"]) == 200


async def test_a_session_that_is_not_used_for_an_hour_ends(door: Door):
    content = await door.signed_in()
    door.clock.move(minutes=59)
    content = await refreshed(door, content["refreshToken"])
    door.clock.move(minutes=60)
    assert refusal(await door.post("/refresh", refreshToken=content["refreshToken"])) == ENDED


async def test_a_session_ends_after_twelve_hours_however_busy(door: Door):
    content = await door.signed_in()
    for _ in range(14):
        door.clock.move(minutes=50)
        content = await refreshed(door, content["refreshToken"])
    door.clock.move(minutes=15)
    content = await refreshed(door, content["refreshToken"])
    assert content["expiresIn"] == 300
    door.clock.move(minutes=5)
    assert await door.sees(content["accessToken"]) == 401
    assert refusal(await door.post("/refresh", refreshToken=content["refreshToken"])) == ENDED


async def test_who_is_disabled_refreshes_no_more(door: Door):
    content = await door.signed_in()
    async with door.connection.transaction():
        await disable(door.connection, USER, kind=AccountKind.STAFF, actor=Actor(), now=door.clock.now)
    assert refusal(await door.post("/refresh", refreshToken=content["refreshToken"])) == ENDED
    assert await door.sees(content["accessToken"]) == 401
    assert await door.value(REASONS) == ["WITHDRAWN"]


async def test_who_left_refreshes_no_more(door: Door):
    content = await door.signed_in()
    await door.connection.execute("UPDATE ketu.staff SET state = 'LEFT'")
    assert refusal(await door.post("/refresh", refreshToken=content["refreshToken"])) == ENDED
    assert await door.sees(content["accessToken"]) == 401


# Ending sessions


async def test_signing_out_ends_this_session_at_once(door: Door):
    gone, other = await door.signed_in(), await door.signed_in()
    assert (await door.post("/sign-out", token=gone["accessToken"])).json() == {"ended": 1}
    assert await door.sees(gone["accessToken"]) == 401
    assert refusal(await door.post("/refresh", refreshToken=gone["refreshToken"])) == ENDED
    assert refusal(await door.post("/sign-out", token=gone["accessToken"])) == (401, "UNAUTHENTICATED")
    assert await door.sees(other["accessToken"]) == 200
    assert await door.value(REASONS) == ["SIGNED_OUT", None]


async def test_signing_out_everywhere_ends_all_sessions_of_that_user(door: Door):
    somebody_else = await door.signed_in("teller-xuhui")
    mine = [await door.signed_in() for _ in range(3)]
    assert (await door.post("/sign-out-everywhere", token=mine[1]["accessToken"])).json() == {"ended": 3}
    assert [await door.sees(one["accessToken"]) for one in mine] == [401, 401, 401]
    assert await door.sees(somebody_else["accessToken"]) == 200


async def test_another_process_hears_of_it_within_a_second(door: Door):
    content = await door.signed_in()
    assert await door.sees(content["accessToken"]) == 200
    await door.connection.execute("UPDATE ketu.session SET ended_at = $1, end_reason = 'SIGNED_OUT'", door.clock.now)
    await asyncio.sleep(1.1)
    assert await door.sees(content["accessToken"]) == 401


async def test_the_list_shows_ones_own_sessions_and_any_of_them_can_be_ended(door: Door):
    stranger = await door.signed_in("teller-xuhui")
    first, second = await door.signed_in(), await door.signed_in()
    headers = {"authorization": f"Bearer {second['accessToken']}"}
    listed = (await door.client.get("/auth/sessions", headers=headers)).json()["sessions"]
    assert [one["isCurrent"] for one in listed] == [True, False]
    assert {one["means"] for one in listed} == {"PASSWORD"}
    assert {one["address"] for one in listed} == {"127.0.0.1"}
    assert listed[0]["client"].startswith("python-httpx/")

    strangers_id = await door.value("SELECT min(id) FROM ketu.session")
    for session_id, ended in ((strangers_id, 0), (10**9, 0), (int(listed[1]["id"]), 1)):
        answer = await door.client.delete(f"/auth/sessions/{session_id}", headers=headers)
        assert answer.json() == {"ended": ended}
    assert await door.sees(stranger["accessToken"]) == 200
    assert await door.sees(first["accessToken"]) == 401
    assert await door.sees(second["accessToken"]) == 200


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_nobody_lists_or_ends_sessions_without_a_token(door: Door, method: str):
    await door.signed_in()
    path = {"GET": "/auth/sessions", "POST": "/auth/sign-out-everywhere", "DELETE": "/auth/sessions/1"}[method]
    for headers in ({}, {"authorization": "Bearer nonsense"}, {"authorization": "Basic YTpi"}):
        answer = await door.client.request(method, path, headers=headers)
        assert refusal(answer) == (401, "UNAUTHENTICATED")
    assert await door.value(REASONS) == [None]


async def test_an_eleventh_session_ends_the_oldest(door: Door):
    opened = [await door.signed_in() for _ in range(11)]
    assert await door.sees(opened[0]["accessToken"]) == 401
    assert await door.sees(opened[1]["accessToken"]) == 200
    assert await door.value(REASONS) == ["DISPLACED"] + [None] * 10


async def test_what_ended_a_month_ago_is_forgotten(door: Door):
    await door.signed_in()
    door.clock.move(days=30, hours=12, seconds=1)
    await door.signed_in()
    assert await door.value("SELECT count(*) FROM ketu.session") == 1
    assert await door.value("SELECT count(*) FROM ketu.refresh_token") == 1


# Pages of ours


async def test_a_page_keeps_its_refresh_token_where_no_script_reads_it(door: Door):
    answer = await door.sign_in(web=True)
    assert set(granted(answer)) == {"accessToken", "tokenType", "expiresIn", "idleSeconds"}
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "Path=/auth", "SameSite=strict"} <= set(cookie.split("; "))
    first = door.client.cookies["ketu_refresh"]
    assert first not in answer.text

    again = await door.client.post("/auth/refresh", json={})
    assert set(granted(again)) == {"accessToken", "tokenType", "expiresIn", "idleSeconds"}
    assert granted(again)["idleSeconds"] == 3600
    assert door.client.cookies["ketu_refresh"] != first

    assert (await door.client.post("/auth/sign-out", json={})).json() == {"ended": 1}
    assert "ketu_refresh" not in door.client.cookies
    assert refusal(await door.client.post("/auth/refresh", json={})) == (401, "UNAUTHENTICATED")
    assert await door.sees(again.json()["accessToken"]) == 401


async def test_a_cookie_is_not_enough_for_a_form_of_another_site(door: Door):
    await door.sign_in(web=True)
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = await door.client.post("/auth/refresh", content=b"{}", headers={"content-type": content_type})
        assert refusal(answer) == (400, "INVALID_REQUEST")
    granted(await door.client.post("/auth/refresh", json={}))


async def test_a_cookie_that_is_no_good_is_taken_away(door: Door):
    door.client.cookies.set("ketu_refresh", "nonsense", domain="ketu.test", path="/auth")
    answer = await door.client.post("/auth/refresh", json={})
    assert refusal(answer) == ENDED
    assert 'ketu_refresh=""' in answer.headers["set-cookie"]


async def test_a_cookie_does_not_query(door: Door):
    await door.sign_in(web=True)
    answer = await door.client.post("/graphql", json={"query": "{ viewer { username } }"})
    assert answer.status_code in (200, 401)
    assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_changed_second_factor_ends_sessions(door: Door):
    before = await door.signed_in()
    secret = await door.enrol(USER)
    assert await door.sees(before["accessToken"]) == 401
    door.clock.move(seconds=30)
    await door.signed_in(totp=door.code(secret))
    assert await door.value(REASONS) == ["SECOND_FACTOR_CHANGED", None, None]


async def test_a_users_tokens_are_no_others(door: Door):
    secret = await door.enrol()
    door.clock.move(seconds=30)
    mine = await door.signed_in(CAREFUL_USER, password=PASSWORD, totp=door.code(secret))
    answer = await door.client.post(
        "/graphql",
        json={"query": "{ viewer { username } }"},
        headers={"authorization": f"Bearer {mine['accessToken']}"},
    )
    assert answer.json()["data"]["viewer"]["username"] == CAREFUL_USER
