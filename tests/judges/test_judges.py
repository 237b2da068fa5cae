"""Thousands of random operations: compiled, batched and naive evaluation answer alike, about everything there is."""

import asyncio
from collections.abc import Callable, Iterator
from functools import cache
from random import Random

import pytest

from api import scratch
from api.postgres import Server
from tests.judges import coverage, data
from tests.judges.court import Counts, Court, new_engine, sdl
from tests.judges.sitting import opened

SEED = 20261031
SESSIONS = 2
"""Each with a seed of its own, so that a failing one can be held again alone."""
OPERATIONS = 500
MOST_LEFT_OUT = 0.75
"""Share of all there is to hit; the last session looks for each of them once at most."""
LEAST_REFUSED = {"INVALID_REQUEST": 20, "FORBIDDEN": 5, "TOO_COMPLEX": 1, "GRAPHQL": 1}

Hold = Callable[[int], Counts]


@pytest.fixture(scope="module")
def bank_url(postgres_server: Server, migrated_template: str) -> Iterator[str]:
    """A database with the judges' bank."""
    with scratch.database(postgres_server, template=migrated_template) as url:
        asyncio.run(data.load(url, Random(SEED)))
        yield url


@pytest.fixture(scope="module")
def hold(bank_url: str) -> Hold:
    """Holds a session, each at most once."""
    return cache(lambda session: asyncio.run(_hold(bank_url, SEED + session)))


@pytest.fixture(scope="module")
def together(hold: Hold, bank_url: str) -> Counts:
    """All sessions, and one more that looks for what they happened to leave out."""
    counts = Counts()
    for session in range(SESSIONS):
        counts.add(hold(session))
    everything = coverage.everything(sdl())
    missing = frozenset(everything - counts.hit)
    assert len(missing) < MOST_LEFT_OUT * len(everything)
    counts.add(asyncio.run(_look_for(missing, bank_url)))
    return counts


@pytest.mark.parametrize("session", range(SESSIONS))
def test_compiled_batched_and_naive_agree(session: int, hold: Hold) -> None:
    """A difference raises, with all that it takes to see it again; at least half of the answers hold a row."""
    counts = hold(session)
    assert counts.operations >= OPERATIONS
    assert counts.share_with_rows >= 0.5


def test_everything_is_hit(together: Counts) -> None:
    """Every edge, condition, operator, order, grouping, figure, argument, form and kind of mistake."""
    assert sorted(coverage.everything(sdl()) - together.hit) == []


def test_every_kind_of_refusal_is_judged(together: Counts) -> None:
    """Not once by luck."""
    assert together.refused.keys() == LEAST_REFUSED.keys()
    assert {code: count for code, count in together.refused.items() if count < LEAST_REFUSED[code]} == {}


async def _hold(url: str, seed: int) -> Counts:
    async with opened(url) as (database, world):
        return await Court(new_engine(), database, world, seed=seed).sit(OPERATIONS)


async def _look_for(missing: frozenset[str], url: str) -> Counts:
    async with opened(url) as (database, world):
        return await Court(new_engine(), database, world, seed=SEED).look_for(missing, most=len(missing))
