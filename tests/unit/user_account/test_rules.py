"""How long one waits after failures, and what a password must be."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from domain.shared.problem import Problem, ProblemCode
from domain.user_account import passwords
from domain.user_account.administration import one_time_password
from domain.user_account.model import SignInRules, unfit
from domain.user_account.passwords import Passwords

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("failed_count", "seconds"),
    [(0, None), (4, None), (5, 2), (6, 4), (7, 8), (10, 64), (13, 512), (14, 900), (15, 900), (1_000_000, 900)],
)
def test_waiting_doubles_from_the_fifth_failure_on_up_to_a_quarter_of_an_hour(failed_count: int, seconds: int | None):
    until = SignInRules().locked_until(failed_count, free=5, now=NOW)
    assert until == (None if seconds is None else NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "Take 12 characters or more."),
        ("x" * 201, "Take 200 characters or fewer."),
        ("aaaaaabbbbbb", "Take 6 different characters or more."),
        ("my-Wang.Min-2026", "Leave your user name out of it."),
        ("correct horse battery", None),
        ("清明时节雨纷纷路上行人欲断魂", None),
    ],
)
def test_a_password_that_is_not_fit(password: str, reason: str | None):
    assert unfit(password, username="wang.min") == reason


def test_one_time_passwords_differ_and_are_fit():
    made = {one_time_password() for _ in range(100)}
    assert len(made) == 100
    assert all(unfit(password, username="wang.min") is None for password in made)


@pytest.mark.anyio
async def test_passwords_match_their_own_hash_alone():
    checking = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    stored = await checking.hash("correct horse battery")
    assert await checking.match(stored, "correct horse battery")
    assert not await checking.match(stored, "correct horse batterx")
    assert not await checking.match(None, "correct horse battery")
    assert not await checking.match("no hash at all", "correct horse battery")
    assert checking.is_outdated(PasswordHasher(time_cost=2, memory_cost=64, parallelism=1).hash("x"))
    assert not checking.is_outdated(stored)
    checking.close()


@pytest.mark.anyio
async def test_those_who_would_wait_too_long_are_told_to_try_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(passwords, "MOST_WAITING", 0)
    with pytest.raises(Problem) as refused:
        await Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)).hash("correct horse battery")
    assert refused.value.code is ProblemCode.UNAVAILABLE
