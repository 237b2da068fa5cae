"""Access tokens: which are good, which are forged, and how the keys behind them turn."""

import base64
import json
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from factories.api import serving, settings
from factories.bank import KEY_RING, SIGNING_KEY
from factories.door import USER, Clock, Door, granted, opened_door, refusal

from api.authentication import Tokens
from api.signing_keys import EndedSessions, SigningKeys
from domain.shared.cipher import CipherError, KeyRing
from domain.shared.database import connect
from domain.shared.keys import Keys
from domain.shared.problem import Problem
from domain.user_account.sessions import Granted
from domain.user_account.signing_keys import SigningKey, live_keys, rotate

pytestmark = pytest.mark.anyio

LIFETIME = timedelta(minutes=10)
HEADER = {"kid": SIGNING_KEY.key_id, "typ": "at+jwt"}
RAW_PUBLIC = SIGNING_KEY.private.public_key().public_bytes_raw()
RSA, EC = rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP256R1())


def forged(door: Door, **changes: Any) -> str:
    """A token signed by the right key, whose claims or header (`header=…`) differ from what we would say."""
    header = {name: value for name, value in (HEADER | changes.pop("header", {})).items() if value is not None}
    now = int(door.clock.now.timestamp())
    claims = {"iss": "ketu", "aud": "ketu", "sub": USER, "sid": "1", "iat": now, "exp": now + 300} | changes
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(claims, SIGNING_KEY.private, algorithm="EdDSA", headers=header)


def resealed(door: Door, algorithm: str, key: Any) -> str:
    """The same claims, under another algorithm."""
    claims = jwt.decode(forged(door), options={"verify_signature": False})
    return jwt.encode(claims, key, algorithm=algorithm, headers=HEADER)


def spliced(door: Door, **changes: Any) -> str:
    """A good token whose claims were changed afterwards."""
    header, claims, signature = forged(door).split(".")
    content = json.loads(base64.urlsafe_b64decode(claims + "==")) | changes
    return f"{header}.{base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b'=').decode()}.{signature}"


FORGED = {
    "no algorithm": lambda door: resealed(door, "none", None),
    "no signature": lambda door: forged(door).rpartition(".")[0] + ".",
    "another user": lambda door: spliced(door, sub="analyst"),
    "a later end": lambda door: spliced(door, exp=4 * 10**9),
    "HMAC of the public key": lambda door: resealed(door, "HS256", RAW_PUBLIC + bytes(32)),
    "HMAC of the shown key": lambda door: resealed(door, "HS256", base64.urlsafe_b64encode(RAW_PUBLIC)),
    "RSA": lambda door: resealed(door, "RS256", RSA),
    "another curve": lambda door: resealed(door, "ES256", EC),
    "another key": lambda door: resealed(door, "EdDSA", SigningKey.fresh().private),
    "unknown key": lambda door: forged(door, header={"kid": "unknown"}),
    "no key": lambda door: forged(door, header={"kid": None}),
    "a key that is a path": lambda door: forged(door, header={"kid": "../../keys.json"}),
    "a key of its own": lambda door: forged(door, header={"jwk": {"kty": "OKP"}, "kid": "mine"}),
    "another type": lambda door: forged(door, header={"typ": "ketu-login+jwt"}),
    "no type": lambda door: forged(door, header={"typ": "JWT"}),
    "another audience": lambda door: forged(door, aud="other"),
    "no audience": lambda door: forged(door, aud=None),
    "another issuer": lambda door: forged(door, iss="other"),
    "no issuer": lambda door: forged(door, iss=None),
    "no end": lambda door: forged(door, exp=None),
    "an end that is no number": lambda door: forged(door, exp=4e9),
    "no user": lambda door: forged(door, sub=None),
    "no session": lambda door: forged(door, sid=None),
    "a session that is no number": lambda door: forged(door, sid="all"),
    "an ended life": lambda door: forged(door, exp=int(door.clock.now.timestamp())),
    "somebody unknown": lambda door: forged(door, sub="nobody"),
    "nothing": lambda door: "",
    "three dots": lambda door: "...",
}


@pytest.mark.parametrize("case", FORGED)
async def test_a_forged_token_opens_nothing(door: Door, case: str):
    assert await door.sees(forged(door)) == 200
    token = FORGED[case](door)
    assert await door.sees(token) == 401
    headers = {"authorization": f"Bearer {token}"}
    assert refusal(await door.client.get("/auth/sessions", headers=headers)) == (401, "UNAUTHENTICATED")


async def test_a_token_expires_also_after_it_was_remembered(door: Door):
    token = forged(door)
    assert await door.sees(token) == 200
    door.clock.move(seconds=299)
    assert await door.sees(token) == 200
    door.clock.move(seconds=1)
    assert await door.sees(token) == 401


async def test_a_token_does_not_outlive_its_session(door: Door):
    content = await door.signed_in()
    claims = jwt.decode(content["accessToken"], options={"verify_signature": False})
    assert claims["exp"] == int((door.clock.now + LIFETIME).timestamp())
    assert set(claims) == {"iss", "aud", "sub", "sid", "iat", "exp"}


async def test_anybody_can_check_a_token_by_the_published_keys(door: Door):
    content = await door.signed_in()
    answer = await door.client.get("/auth/jwks.json")
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert all(set(key) == {"kty", "crv", "alg", "use", "kid", "x"} for key in answer.json()["keys"])
    published = jwt.PyJWKSet.from_dict(answer.json())
    key = published[jwt.get_unverified_header(content["accessToken"])["kid"]]
    checked = jwt.decode(
        content["accessToken"], key.key, algorithms=["EdDSA"], audience="ketu", options={"verify_iat": False}
    )
    assert checked["sub"] == USER


# Keys turn


class Process:
    """What one API process keeps in mind, with a watch that the test moves."""

    def __init__(self, database: Any, clock: Clock) -> None:
        self.watch = 0.0
        self.clock = clock
        self.keys = SigningKeys(database, Keys(KEY_RING), now=clock, monotonic=lambda: self.watch)
        ended = EndedSessions(database, now=clock, monotonic=lambda: self.watch)
        self.tokens = Tokens(self.keys, ended, now=clock)

    async def issue(self) -> str:
        token, _ = await self.tokens.issue(
            Granted(USER, 1, self.clock.now + timedelta(hours=12), None), lifetime=LIFETIME
        )
        return token

    async def takes(self, token: str) -> bool:
        try:
            return (await self.tokens.claims(f"Bearer {token}")).username == USER
        except Problem:
            return False

    def wait(self, seconds: float) -> None:
        self.watch += seconds
        self.clock.move(seconds=seconds)


async def test_a_new_key_signs_in_all_processes_within_seconds_and_nobody_is_signed_out(own_sample_url: str):
    database = await connect(own_sample_url, pool_size=2, statement_timeout_ms=10_000)
    clock = Clock()
    one, other = Process(database, clock), Process(database, clock)
    old = await one.issue()
    assert await other.takes(old)

    async with database.write() as connection:
        new_key = await rotate(connection, KEY_RING, token_lifetime=LIFETIME, now=clock.now)
    still_old = await one.issue()
    assert jwt.get_unverified_header(still_old)["kid"] == SIGNING_KEY.key_id
    one.wait(6)
    new = await one.issue()

    assert jwt.get_unverified_header(new)["kid"] == new_key.key_id
    other.watch += 1.1
    assert await other.takes(new), "a key that is not known yet is looked for"
    assert await other.takes(old)
    assert await other.takes(still_old)
    listed = [key["kid"] for key in await other.tokens.public_keys()]
    assert listed == [new_key.key_id, SIGNING_KEY.key_id]
    clock.move(minutes=11)
    other.watch += 6
    assert [key["kid"] for key in await other.tokens.public_keys()] == [new_key.key_id]
    await database.close()


async def test_after_a_theft_tokens_of_the_old_key_end_at_once(own_sample_url: str):
    database = await connect(own_sample_url, pool_size=2, statement_timeout_ms=10_000)
    process = Process(database, Clock())
    old = await process.issue()
    assert await process.takes(old)
    async with database.write() as connection:
        await rotate(connection, KEY_RING, token_lifetime=LIFETIME, now=process.clock.now, at_once=True)
    process.wait(6)
    assert not await process.takes(old)
    assert await process.takes(await process.issue())
    await database.close()


async def test_unknown_keys_are_looked_for_once_a_second_at_most(own_sample_url: str):
    database = await connect(own_sample_url, pool_size=2, statement_timeout_ms=10_000)
    process = Process(database, Clock())
    await process.issue()
    looks: list[float] = []
    beside = database.beside

    def counted() -> Any:
        looks.append(process.watch)
        return beside()

    database.beside = counted
    process.watch += 2
    for number in range(50):
        assert await process.keys.called(f"unknown {number}") is None
    assert len(looks) == 1
    await database.close()


async def test_keys_are_sealed(own_sample_url: str):
    database = await connect(own_sample_url, pool_size=2, statement_timeout_ms=10_000)
    async with database.read() as connection:
        stored = await connection.fetchval("SELECT private_key_cipher FROM ketu.signing_key")
        assert SIGNING_KEY.seed not in stored
        assert base64.b64encode(SIGNING_KEY.seed) not in stored
        with pytest.raises(CipherError):
            await live_keys(connection, KeyRing.fresh(), now=Clock().now)
    await database.close()


async def test_processes_that_start_together_make_one_key(own_sample_url: str, tmp_path: Any, door: Door):
    await door.connection.execute("DELETE FROM ketu.signing_key")
    async with serving(settings(own_sample_url, tmp_path)), serving(settings(own_sample_url, tmp_path)):
        assert await door.value("SELECT count(*) FROM ketu.signing_key") == 1


async def test_two_processes_take_each_others_tokens(own_sample_url: str, tmp_path: Any, door: Door):
    async with opened_door(own_sample_url, tmp_path) as other:
        other.clock.now = door.clock.now
        content = granted(await door.sign_in())
        assert await other.sees(content["accessToken"]) == 200
        granted(await other.post("/refresh", refreshToken=content["refreshToken"]))
        assert refusal(await door.post("/refresh", refreshToken=content["refreshToken"])) == (401, "SESSION_ENDED")
