"""Accounts as they are opened and closed, before anything is booked on them."""

from dataclasses import dataclass

import numpy as np

from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.products import Product, place
from domain.pipelines.generation.truth.randomness import Chance, Floats, Ints

CENTS = 100


@dataclass(frozen=True, slots=True)
class Contracts:
    """Deposits, pots, funds, policies, securities: arrays (accounts,); first each customer's current account, in turn.

    owner       place among the block's persons
    aim         cents that the owner wants to keep there; what a term deposit began with, or was paid for the others
    matures_on  of term deposits, after rolling over, and of savings bonds
    rolled_on   when a term deposit was renewed, NEVER if it was not
    closed_on   NEVER while open
    current_of  (persons,) place of each one's current account, NEVER for prospects
    """

    owner: Ints
    product: Ints
    opened_on: Ints
    closed_on: Ints
    aim: Ints
    matures_on: Ints
    rolled_on: Ints
    current_of: Ints

    def of(self, *kinds: Product) -> Ints:
        """Places of the accounts of these products."""
        return np.flatnonzero(np.isin(self.product, [place(kind) for kind in kinds]))


class Opening:
    """Collects accounts; what a person still has on their last day is closed then."""

    def __init__(self) -> None:
        self._rows: list[tuple[Ints, ...]] = []

    def add(self, owner: Ints, product: Ints | int, opened_on: Ints, aim: Floats) -> None:
        never = np.full(len(owner), NEVER, dtype=np.int64)
        self.add_term(owner, product, opened_on, aim, never, never, never)

    def add_term(
        self, owner: Ints, product: Ints | int, opened_on: Ints, aim: Floats, matures: Ints, rolled: Ints, closed: Ints
    ) -> None:
        products_ = np.broadcast_to(np.asarray(product, dtype=np.int64), owner.shape)
        cents = np.round(aim * CENTS).astype(np.int64)
        self._rows.append((owner, products_, opened_on, closed, cents, matures, rolled))

    def contracts(self, persons: int, left_on: Ints) -> Contracts:
        owner, product, opened_on, closed, aim, matures, rolled = map(np.concatenate, zip(*self._rows, strict=True))
        left = left_on[owner]
        closed = np.where((left != NEVER) & ((closed == NEVER) | (closed > left)), left, closed)
        rolled = np.where((closed != NEVER) & (rolled >= closed), NEVER, rolled)
        # Nothing is opened on the day of leaving or after it.
        kept = (closed == NEVER) | (opened_on < closed)
        kept[: len(self._rows[0][0])] = True
        current_of = np.full(persons, NEVER, dtype=np.int64)
        current_of[self._rows[0][0]] = np.arange(len(self._rows[0][0]))
        columns = [column[kept] for column in (owner, product, opened_on, closed, aim, matures, rolled)]
        return Contracts(*columns, current_of=current_of)


def later(chance: Chance, joined_on: Ints, as_of: int) -> Ints:
    """Some day after joining, up to yesterday."""
    return joined_on + np.floor(chance.random(len(joined_on)) * np.maximum(as_of - joined_on, 1)).astype(np.int64)
