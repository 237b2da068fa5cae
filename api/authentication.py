"""Access tokens: the only place that knows what they are made of."""

import base64
import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from api.signing_keys import Clock, EndedSessions, SigningKeys
from domain.shared.problem import Problem, ProblemCode
from domain.user_account.sessions import Granted
from domain.user_account.signing_keys import SigningKey
from resolvers.engine.execute import DATABASE_ERRORS

AUDIENCE = ISSUER = "ketu"
ALGORITHM = "EdDSA"
"""The only one, whatever a token says of itself."""
ACCESS = "at+jwt"
"""Type of an access token (RFC 9068); what is signed for another use has another type."""
MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Claims:
    """What a good access token says."""

    username: str
    session_id: int
    expires_at: datetime


class Tokens:
    """Issues access tokens and checks them."""

    def __init__(self, keys: SigningKeys, ended: EndedSessions, *, now: Clock) -> None:
        self._keys = keys
        self._ended = ended
        self._now = now
        self._remembered: OrderedDict[bytes, tuple[str, Claims]] = OrderedDict()

    async def issue(self, granted: Granted, *, lifetime: timedelta) -> tuple[str, int]:
        """An access token for a session, and the seconds it is good for."""
        now = self._now()
        token = signed(granted, key=await self._keys.signing(), lifetime=lifetime, now=now)
        return token, int((min(now + lifetime, granted.expires_at) - now).total_seconds())

    async def username(self, authorization: str | None) -> str:
        """Whom an Authorization header names. Raises as `claims` does."""
        return (await self.claims(authorization)).username

    async def claims(self, authorization: str | None) -> Claims:
        """What the token of an Authorization header says.

        raises  Problem  UNAUTHENTICATED, saying whether a token is missing, expired, not ours, or of an ended session;
                         UNAVAILABLE when that cannot be found out
        """
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise unauthenticated("Send a token: `Authorization: Bearer …`.")
        try:
            claims = await self._checked(token.strip())
        except DATABASE_ERRORS as error:
            raise _uncheckable() from error
        await self.still_good(claims)
        return claims

    async def still_good(self, claims: Claims) -> None:
        """Whether neither the token nor its session has ended meanwhile. Raises Problem as `claims` does."""
        try:
            has_ended = await self._ended.include(claims.session_id)
        except DATABASE_ERRORS as error:
            raise _uncheckable() from error
        if claims.expires_at <= self._now():
            raise unauthenticated("The token has expired; sign in again.")
        if has_ended:
            raise unauthenticated("The session has ended; sign in again.")

    def expect_ended_sessions(self) -> None:
        """Sessions may just have ended here, so their tokens must not be good for the rest of a second."""
        self._ended.look_again()

    async def public_keys(self) -> list[dict[str, str]]:
        """Live keys as a JSON Web Key Set lists them."""
        return [_public(key) for key in await self._keys.live()]

    async def statement(self, content: dict[str, Any], *, use: str, lifetime: timedelta) -> str:
        """Something that we want back unchanged, signed; `use` keeps it from being taken for anything else."""
        key, now = await self._keys.signing(), self._now()
        claims = content | {"iss": ISSUER, "aud": AUDIENCE, "exp": int((now + lifetime).timestamp())}
        return jwt.encode(claims, key.private, algorithm=ALGORITHM, headers={"kid": key.key_id, "typ": use})

    async def stated(self, token: str, *, use: str) -> dict[str, Any]:
        """What we stated for that use. Raises Problem UNAUTHENTICATED."""
        claims = await self._verified(token, use=use)
        if claims["exp"] <= self._now().timestamp():
            raise unauthenticated("This took too long; begin again.")
        return claims

    async def _checked(self, token: str) -> Claims:
        # A signature costs as much to check as a small query to answer, and a client sends its token many times.
        digest = hashlib.sha256(token.encode()).digest()
        remembered = self._remembered.get(digest)
        if remembered and await self._keys.called(remembered[0]):
            return remembered[1]
        claims = await self._verified(token, use=ACCESS)
        try:
            expires_at = datetime.fromtimestamp(claims["exp"], UTC)
            found = Claims(claims["sub"], int(claims["sid"]), expires_at)
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise foreign() from error
        self._remembered[digest] = (jwt.get_unverified_header(token)["kid"], found)
        if len(self._remembered) > MOST_REMEMBERED:
            self._remembered.popitem(last=False)
        return found

    async def _verified(self, token: str, *, use: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
            key_id = header.get("kid")
            key = await self._keys.called(key_id) if isinstance(key_id, str) else None
            if key is None or header.get("typ") != use:
                raise foreign()
            claims = jwt.decode(
                token,
                key.private.public_key(),
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=ISSUER,
                # By our clock, below.
                options={
                    "require": ["exp", "aud", "iss"],
                    "verify_exp": False,
                    "verify_iat": False,
                    "verify_nbf": False,
                },
            )
        except jwt.InvalidTokenError as error:
            raise foreign() from error
        if not isinstance(claims["exp"], int):
            raise foreign()
        return claims


def signed(granted: Granted, *, key: SigningKey, lifetime: timedelta, now: datetime) -> str:
    """An access token for a session, which it does not outlive."""
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": granted.username,
        "sid": str(granted.session_id),
        "iat": int(now.timestamp()),
        "exp": int(min(now + lifetime, granted.expires_at).timestamp()),
    }
    return jwt.encode(claims, key.private, algorithm=ALGORITHM, headers={"kid": key.key_id, "typ": ACCESS})


def unauthenticated(message: str) -> Problem:
    """The client must sign in."""
    return Problem(ProblemCode.UNAUTHENTICATED, message)


def _uncheckable() -> Problem:
    return Problem(ProblemCode.UNAVAILABLE, "The token cannot be checked just now; try again.")


def foreign() -> Problem:
    """A token that is not one of ours, or not for this use."""
    return unauthenticated("The token is not valid here; sign in again.")


def utc_now() -> datetime:
    """The clock, for those who issue tokens."""
    return datetime.now(UTC)


def _public(key: SigningKey) -> dict[str, str]:
    raw = base64.urlsafe_b64encode(key.private.public_key().public_bytes_raw()).rstrip(b"=").decode()
    return {"kty": "OKP", "crv": "Ed25519", "alg": ALGORITHM, "use": "sig", "kid": key.key_id, "x": raw}
