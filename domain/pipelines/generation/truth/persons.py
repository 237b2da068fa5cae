"""A block's persons as those at the bank who deal with them know them: what consents, tickets and tasks follow from."""

from dataclasses import dataclass

import numpy as np

from domain.customer.model import CustomerState
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.desks import Desks
from domain.pipelines.generation.truth.facts import (
    Accounts,
    Balances,
    Cards,
    Contacts,
    Customers,
    Documents,
    Loans,
    Movements,
)
from domain.pipelines.generation.truth.families import People
from domain.pipelines.generation.truth.lending import Lending
from domain.pipelines.generation.truth.life import Life
from domain.pipelines.generation.truth.livelihood import Livelihood
from domain.pipelines.generation.truth.opening import Contracts
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.propensities import Propensities
from domain.pipelines.generation.truth.randomness import Chance, Flags, Floats, Ints, stream


@dataclass(frozen=True, slots=True)
class Persons:
    """What is true of them, and what the bank has on record."""

    plan: Plan
    block: Block
    desks: Desks
    who: People
    lives: Livelihood
    bonds: Life
    inclined: Propensities
    held: Contracts
    lent: Lending
    known: Customers
    documents: Documents
    contacts: Contacts
    accounts: Accounts
    balances: Balances
    movements: Movements
    cards: Cards
    loans: Loans

    def __len__(self) -> int:
        return len(self.who)

    def chance(self, question: str) -> Chance:
        """The stream of a question."""
        return stream(self.plan.seed, question, self.block.number)

    @property
    def first(self) -> int:
        """Ordinal of the first in the whole bank."""
        return self.block.first

    @property
    def is_active(self) -> Flags:
        """Who is a customer on the business date."""
        return self.known.state == code(CustomerState.ACTIVE)

    @property
    def served_from(self) -> Ints:
        """First day of the history on which somebody was a customer."""
        return np.maximum(self.bonds.joined_on, self.plan.history.first)

    @property
    def served_until(self) -> Ints:
        """Last day on which they did anything with the bank."""
        last = np.full(len(self), self.plan.history.last, dtype=np.int64)
        for ends in (self.bonds.left_on, self.bonds.sleeps_from):
            last = np.where(ends != NEVER, np.minimum(last, ends), last)
        return last

    def some(self, chance: Chance, yearly: Floats) -> tuple[Ints, Ints]:
        """Who of the customers does something so often a year, and on which days, while they are served."""
        begins, ends = self.served_from, self.served_until
        days = np.where(self.bonds.is_customer, np.maximum(ends - begins, 0), 0)
        row = np.repeat(np.arange(len(self)), chance.poisson(yearly * days / 365))
        return row, begins[row] + np.floor(chance.random(len(row)) * days[row]).astype(np.int64)

    def manager_or_teller(self, chance: Chance, row: Ints) -> Ints:
        """Who looks after each of them: their manager, or somebody at the counter."""
        manager = self.known.manager[row]
        return np.where(manager == NOTHING, self.desks.teller(chance, self.who.outlet[row]), manager)
