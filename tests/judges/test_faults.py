"""Seeded faults are noticed. A fixed choice of them is tried here, all by `./ketu judge --faults`."""

import asyncio
from collections.abc import Iterator
from random import Random

import pytest

from api import scratch
from api.postgres import Server
from tests.judges import data
from tests.judges.court import new_engine
from tests.judges.faults import all_faults
from tests.judges.hunt import Catch, hunt
from tests.judges.sitting import opened

SEED = 11
MOST = 8
"""So many faults are tried."""


@pytest.fixture(scope="module")
def catches(postgres_server: Server, migrated_template: str) -> Iterator[list[Catch]]:
    """The faults tried, from all kinds of them."""
    with scratch.database(postgres_server, template=migrated_template) as url:
        asyncio.run(data.load(url, Random(SEED)))
        yield asyncio.run(_hunted(url))


def test_every_fault_is_noticed(catches: list[Catch]) -> None:
    assert [catch.fault for catch in catches if not catch.judges] == []
    assert len(catches) == MOST


def test_every_fault_can_be_seeded() -> None:
    """A fault is written in the words of the engine: where those change, it has to be written anew."""
    for fault in all_faults(new_engine().graph):
        with fault.seeded():
            pass


async def _hunted(url: str) -> list[Catch]:
    engine = new_engine()
    faults = list(all_faults(engine.graph))
    Random(SEED).shuffle(faults)
    found: list[Catch] = []
    async with opened(url) as (database, world):
        for fault in faults[:MOST]:
            found.append(await hunt(fault, engine, database, world, seed=SEED))
    return found
