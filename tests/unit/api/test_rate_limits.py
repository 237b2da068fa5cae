"""Leaky buckets, by a clock of the test's own."""

import pytest

from api import rate_limits
from api.metering import Meter
from api.rate_limits import RateLimited, RateLimits

ACCOUNT, OTHER = 1, 2


class Tick:
    """Seconds."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def tick() -> Tick:
    return Tick()


@pytest.fixture
def limits(tick: Tick) -> RateLimits:
    return RateLimits(burst=100, per_second=10, clock=tick)


def refused(limits: RateLimits, cost: int) -> int:
    """After how many seconds it may be tried again."""
    before = limits._empty_at.copy()
    with pytest.raises(RateLimited) as caught:
        limits.charge(ACCOUNT, cost)
    assert limits._empty_at == before
    ((name, seconds),) = caught.value.headers
    assert name == b"retry-after"
    return int(seconds)


def test_what_was_taken_comes_back_with_time(limits: RateLimits, tick: Tick):
    assert limits.charge(ACCOUNT, 60) == 40
    assert limits.charge(ACCOUNT, 40) == 0
    assert refused(limits, 1) == 1
    assert refused(limits, 100) == 10
    tick.now += 3
    assert limits.charge(ACCOUNT, 30) == 0
    tick.now += 10_000
    assert limits.charge(ACCOUNT, 0) == 100


def test_waiting_as_long_as_said_is_enough(limits: RateLimits, tick: Tick):
    limits.charge(ACCOUNT, 95)
    for cost in (17, 100, 3):
        limits.fine(ACCOUNT, 100)
        tick.now += refused(limits, cost)
        limits.charge(ACCOUNT, cost)


def test_clients_do_not_take_from_each_other(limits: RateLimits):
    limits.charge(ACCOUNT, 100)
    assert limits.charge(OTHER, 100) == 0


def test_an_empty_bucket_is_told_before_anything_is_read(limits: RateLimits, tick: Tick):
    limits.fine(ACCOUNT, 1_000)
    with pytest.raises(RateLimited):
        limits.must_have_room(ACCOUNT)
    tick.now += 1
    limits.must_have_room(ACCOUNT)


def test_the_number_of_buckets_is_bounded(limits: RateLimits, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rate_limits, "MOST_KEPT", 3)
    for account in range(10):
        limits.charge(account, 1)
    assert list(limits._empty_at) == [7, 8, 9]


def test_no_limit(tick: Tick):
    limits = RateLimits(burst=100, per_second=0, clock=tick)
    assert [limits.charge(ACCOUNT, 70) for _ in range(3)] == [100] * 3
    assert limits.fine(ACCOUNT, 1_000) == 100
    limits.must_have_room(ACCOUNT)


def test_a_request_is_charged_for_its_cost_and_for_reading_it(limits: RateLimits):
    meter = Meter(limits, limit=90, account_id=ACCOUNT, unread=99)
    assert meter.extension() == b'"cost":{"requested":null,"limit":90,"remaining":90}'
    meter.charge(20)
    assert meter.extension() == b'"cost":{"requested":20,"limit":90,"remaining":70}'


def test_what_is_known_is_charged_for_its_cost_alone(limits: RateLimits):
    meter = Meter(limits, limit=90, account_id=ACCOUNT, unread=0)
    meter.charge(20)
    with pytest.raises(RateLimited):
        meter.charge(90)
    assert meter.extension() == b'"cost":{"requested":90,"limit":90,"remaining":80}'


def test_nothing_is_read_for_who_has_nothing_left(limits: RateLimits):
    limits.charge(ACCOUNT, 100)
    with pytest.raises(RateLimited):
        Meter(limits, limit=90, account_id=ACCOUNT, unread=1)
