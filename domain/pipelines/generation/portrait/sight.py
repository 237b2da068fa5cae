"""What is looked at: some blocks of persons, with what nobody sees."""

from dataclasses import dataclass
from itertools import islice

import numpy as np

from domain.customer.model import CustomerState
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.dealing import Answers
from domain.pipelines.generation.truth.facts import Facts
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.randomness import Flags, Floats, Ints
from domain.pipelines.generation.truth.world import Hidden, World

MOST_BLOCKS = 4
"""Blocks of persons: more tell the same."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Lists with an entry for each block."""

    world: World
    hidden: list[Hidden]
    facts: list[Facts]
    answers: list[Answers]

    @classmethod
    def of(cls, plan: Plan) -> "Sight":
        """The first blocks of a bank's persons."""
        world = World.of(plan)
        blocks = islice((block for block in plan.blocks() if not block.is_of_firms), MOST_BLOCKS)
        hidden = [world.hidden(block) for block in blocks]
        told = [world.told(one) for one in hidden]
        return cls(world, hidden, [facts for facts, _ in told], [answers for _, answers in told])

    @property
    def active(self) -> Flags:
        """Who of the persons is a customer on the business date."""
        return np.concatenate([one.customers.state for one in self.facts]) == code(CustomerState.ACTIVE)

    @property
    def age(self) -> Ints:
        """Of the persons, in years."""
        return np.concatenate([one.people.age for one in self.hidden])

    @property
    def outlet(self) -> Ints:
        """Of the persons."""
        return np.concatenate([one.people.outlet for one in self.hidden])

    def holdings(self) -> tuple[Floats, Ints]:
        """CNY of all open accounts and the number of these, for each person."""
        assets: list[Floats] = []
        counts: list[Ints] = []
        for one in self.facts:
            known, held = one.customers, one.accounts
            is_open = (held.closed_on == NOTHING) & ~held.is_dollar
            owner = held.owner[is_open] - known.first
            cents = np.where(held.balance_on[is_open] == NOTHING, 0, held.balance[is_open])
            size = len(known.numbers)
            assets.append(np.bincount(owner, weights=cents / 100, minlength=size).astype(np.float64))
            counts.append(np.bincount(owner, minlength=size).astype(np.int64))
        return np.concatenate(assets), np.concatenate(counts)
