"""Seeded faults before the court: who notices each, and after how many operations."""

import time
from dataclasses import dataclass

from domain.shared.database import Database
from resolvers.engine.execute import Engine
from tests.judges.court import Court, Difference, engine_like
from tests.judges.interference import INTERFERENCE, Interference, Leak
from tests.judges.language import World
from tests.judges.seeding import Fault

MOST_OPERATIONS = 1_000
MOST_ROUNDS = 12


@dataclass(frozen=True)
class Catch:
    """Who noticed a fault first; nobody: `judges` is empty."""

    fault: str
    judges: tuple[str, ...]
    operations: int
    seconds: float


async def hunt(
    fault: Fault, engine: Engine, database: Database, world: World, *, seed: int, interference: bool = False
) -> Catch:
    """Judge the engine with the fault in it.

    interference  let the test of non-interference judge a leak too, which costs a second or more
    """
    began = time.monotonic()
    judges: tuple[str, ...] = ()
    with fault.seeded():
        court = Court(engine_like(engine), database, world, seed=seed, focus=fault.focus)
        try:
            await court.sit(MOST_OPERATIONS)
        except Difference as difference:
            judges = difference.judges
        if fault.leaks and (interference or not judges):
            watch = Interference(engine_like(engine), database, seed=seed, focus=fault.focus)
            try:
                await watch.sit(MOST_ROUNDS)
            except Leak:
                judges = (*judges, INTERFERENCE)
    return Catch(fault.name, judges, court.counts.operations, time.monotonic() - began)
