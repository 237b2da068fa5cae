"""Codes of authenticators, by the test values of RFC 6238."""

import base64
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.user_account.totp import code_at, matching_step, new_secret, step_of, uri

SECRET = base64.b32encode(b"12345678901234567890").decode()


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(
    ("seconds", "eight_digits"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_the_rfc(seconds: int, eight_digits: str):
    """Its table (appendix B, SHA-1) has eight digits; six are the last of them."""
    assert code_at(SECRET, step_of(at(seconds))) == eight_digits[-6:]


@pytest.mark.parametrize(("steps_off", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(steps_off: int, is_taken: bool):
    now = at(1111111111)
    step = step_of(now) + steps_off
    assert matching_step(SECRET, code_at(SECRET, step), now=now, after=None) == (step if is_taken else None)


def test_a_code_that_was_used_is_not_taken_again_nor_an_earlier_one():
    now = at(1111111111)
    used = step_of(now)
    for step in (used - 1, used):
        assert matching_step(SECRET, code_at(SECRET, step), now=now, after=used) is None
    assert matching_step(SECRET, code_at(SECRET, used + 1), now=now, after=used) == used + 1


@pytest.mark.parametrize("code", ["", "05047", "0504710", "nonsense", "０５０４７１", "-50471"])
def test_what_is_no_code_is_none(code: str):
    assert matching_step(SECRET, code, now=at(1111111111), after=None) is None


def test_a_code_may_be_written_in_two_groups():
    assert matching_step(SECRET, "050 471", now=at(1111111111), after=None) == step_of(at(1111111111))


def test_an_address_tells_an_authenticator_all_it_needs():
    secret = new_secret()
    address = urlsplit(uri(secret, username="wang.min", bank="客图 示例"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert parse_qs(address.query) == {"secret": [secret], "issuer": ["客图 示例"]}
    assert len(base64.b32decode(secret)) == 20
    assert new_secret() != secret
