"""Codes of an authenticator: time-based one-time passwords, RFC 6238 with its usual choices (SHA-1, 30 s, 6 digits)."""

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

PERIOD_SECONDS = 30
DIGITS = 6
SECRET_BYTES = 20
STEPS_OFF = 1
"""A telephone's clock may be so many steps off, either way."""


def new_secret() -> str:
    """A random secret, in base 32 as authenticators want it."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_of(now: datetime) -> int:
    """The number of the 30 seconds that `now` falls into."""
    return int(now.timestamp()) // PERIOD_SECONDS


def code_at(secret: str, step: int) -> str:
    """The six digits of one step."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def matching_step(secret: str, code: str, *, now: datetime, after: int | None) -> int | None:
    """The step whose code `code` is; None when there is none near `now` and later than `after`, the last one used."""
    plain = code.replace(" ", "").encode()
    near = range(step_of(now) - STEPS_OFF, step_of(now) + STEPS_OFF + 1)
    matching = [step for step in near if hmac.compare_digest(code_at(secret, step).encode(), plain)]
    return next((step for step in matching if after is None or step > after), None)


def uri(secret: str, *, username: str, bank: str) -> str:
    """What a QR code for an authenticator holds."""
    query = urlencode({"secret": secret, "issuer": bank}, quote_via=quote)
    return f"otpauth://totp/{quote(bank)}:{quote(username)}?{query}"
