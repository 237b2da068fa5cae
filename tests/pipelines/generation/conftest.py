"""Small worlds, made once."""

from collections.abc import Callable
from datetime import date

import pytest

from domain.pipelines.generation.truth.facts import Facts
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.world import Hidden, World

AS_OF = date(2026, 10, 31)


@pytest.fixture(scope="session")
def make_plan() -> Callable[..., Plan]:
    """A plan of a few hundred customers, unless said otherwise."""

    def make(customers: int = 300, seed: int = 7, as_of: date = AS_OF) -> Plan:
        return Plan(customers, seed, as_of)

    return make


@pytest.fixture(scope="session")
def world(make_plan: Callable[..., Plan]) -> World:
    """Two blocks: one of firms, one of persons."""
    return World.of(make_plan(4_000))


@pytest.fixture(scope="session")
def facts(world: World) -> Facts:
    """Of the block of persons."""
    return world.facts(list(world.plan.blocks())[1])


@pytest.fixture(scope="session")
def firm_facts(world: World) -> Facts:
    """Of the block of firms."""
    return world.facts(next(world.plan.blocks()))


@pytest.fixture(scope="session")
def hidden(world: World) -> Hidden:
    """The inner life of the block of persons."""
    return world.hidden(list(world.plan.blocks())[1])
