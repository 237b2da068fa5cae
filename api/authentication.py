"""Bearer tokens: the only place that knows what they are made of."""

from datetime import UTC, datetime, timedelta

import jwt

from domain.shared.problem import Problem, ProblemCode

AUDIENCE = "ketu"
ALGORITHM = "HS256"


class Tokens:
    """Signs and checks short-lived tokens that carry a user's name."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def issue(self, username: str, *, lifetime: timedelta, now: datetime) -> str:
        """A token for `username`."""
        claims = {"sub": username, "aud": AUDIENCE, "iat": now, "exp": now + lifetime}
        return jwt.encode(claims, self._secret, algorithm=ALGORITHM)

    def username(self, authorization: str | None) -> str:
        """Whom an Authorization header names.

        raises  Problem  UNAUTHENTICATED, saying whether a token is missing, expired or not ours
        """
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise unauthenticated("Send a token: `Authorization: Bearer …`.")
        try:
            claims = jwt.decode(
                token.strip(),
                self._secret,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                options={"require": ["sub", "exp", "aud"]},
            )
        except jwt.ExpiredSignatureError as error:
            raise unauthenticated("The token has expired; sign in again.") from error
        except jwt.InvalidTokenError as error:
            raise unauthenticated("The token is not valid here; sign in again.") from error
        return claims["sub"]


def unauthenticated(message: str) -> Problem:
    """The client must sign in."""
    return Problem(ProblemCode.UNAUTHENTICATED, message)


def utc_now() -> datetime:
    """The clock, for those who issue tokens."""
    return datetime.now(UTC)
