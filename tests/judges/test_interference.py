"""What a reader cannot see may change as it likes: their answers stay the same to the byte."""

import asyncio
from collections.abc import Iterator
from random import Random

import pytest

from api import scratch
from api.postgres import Server
from tests.judges import data
from tests.judges.court import new_engine
from tests.judges.disturbance import FIXED
from tests.judges.interference import Interfered, Interference
from tests.judges.sitting import opened
from tests.judges.words import KINDS

SEED = 7
ROUNDS, MOST_ROUNDS, VISIBLE_ROUNDS = 12, 120, 8
"""More than `ROUNDS` are held where a table has not been changed by then."""
HIDDEN = {kind.table for kind in KINDS.values() if kind.owners is not None} - FIXED
"""Tables of which no reader is sure to see every row."""


@pytest.fixture(scope="module")
def bank_url(postgres_server: Server, migrated_template: str) -> Iterator[str]:
    """A database with the judges' bank."""
    with scratch.database(postgres_server, template=migrated_template) as url:
        asyncio.run(data.load(url, Random(SEED)))
        yield url


def test_hidden_changes_change_no_answer(bank_url: str) -> None:
    """A difference raises, with the changes and both answers."""
    counts = asyncio.run(_sat(bank_url))
    assert counts.rounds >= ROUNDS
    assert counts.changes.total() > 4 * ROUNDS
    assert {name.split()[0] for name in counts.changes} == {"update", "insert", "delete"}
    assert changed(counts) >= HIDDEN


def changed(counts: Interfered) -> set[str]:
    """The tables that were changed."""
    return {name.split()[1] for name in counts.changes}


def test_visible_changes_are_noticed(bank_url: str) -> None:
    """The same, with changes that the reader can see: the comparison can fail."""
    counts = asyncio.run(_seen(bank_url))
    # Half of the rounds, more or less: eight questions are not about everything.
    assert counts.noticed > counts.rounds / 4


async def _sat(url: str) -> Interfered:
    async with opened(url) as (database, _):
        interference = Interference(new_engine(), database, seed=SEED)
        counts = await interference.sit(ROUNDS)
        while counts.rounds < MOST_ROUNDS and not changed(counts) >= HIDDEN:
            counts = await interference.sit(1)
        return counts


async def _seen(url: str) -> Interfered:
    async with opened(url) as (database, _):
        interference = Interference(new_engine(), database, seed=SEED)
        for _ in range(VISIBLE_ROUNDS):
            await interference.round(is_visible=True)
        return interference.counts
