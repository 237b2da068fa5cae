"""How well anybody could foresee what happened: the ranking by the true probabilities, which no score can beat."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from domain.loan.model import LoanState
from domain.pipelines.generation.truth.codes import code
from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.dealing import Answers
from domain.pipelines.generation.truth.randomness import Flags, Floats
from domain.pipelines.generation.truth.world import Hidden, World


@dataclass(frozen=True, slots=True)
class Outcome:
    """What might have happened to each of some customers, how probable it was, and whether it did.

    customer_numbers  by which the bank's records name them; a borrower with two loans comes twice
    """

    name: str
    customer_numbers: list[str]
    probability: Floats
    happened: Flags

    @property
    def best_auc(self) -> float:
        """The share of pairs, one to whom it happened and one to whom not, that the true probabilities order right."""
        return auc(self.probability, self.happened)


def outcomes(world: World) -> list[Outcome]:
    """Bad loans, leaving and falling asleep, over all persons of the bank."""
    by_name: dict[str, list[Outcome]] = {}
    for block in world.plan.blocks():
        if not block.is_of_firms:
            for one in _of_block(world.hidden(block)):
                by_name.setdefault(one.name, []).append(one)
    return [
        Outcome(
            name,
            [number for part in parts for number in part.customer_numbers],
            np.concatenate([part.probability for part in parts]),
            np.concatenate([part.happened for part in parts]),
        )
        for name, parts in by_name.items()
    ]


def _of_block(hidden: Hidden) -> Iterator[Outcome]:
    numbers, bonds, lent = hidden.customer_numbers, hidden.life, hidden.lending
    bad = np.isin(lent.state, [code(LoanState.IN_ARREARS), code(LoanState.DEFAULTED)])
    yield Outcome("loan_is_bad", [numbers[place] for place in lent.borrower], lent.fails, bad)
    could_leave = np.flatnonzero(bonds.leaves > 0)
    left = bonds.left_on[could_leave] != NEVER
    yield Outcome("customer_left", [numbers[place] for place in could_leave], bonds.leaves[could_leave], left)
    stayed = np.flatnonzero((bonds.sleeps > 0) & (bonds.left_on == NEVER))
    asleep = bonds.sleeps_from[stayed] != NEVER
    yield Outcome("customer_sleeps", [numbers[place] for place in stayed], bonds.sleeps[stayed], asleep)


def answers(told: list[Answers]) -> list[Outcome]:
    """Who wanted to hear more, of those whom managers or campaigns offered something: over the blocks given."""
    numbers = [number for one in told for number in one.offered_numbers]
    return [
        Outcome(
            "wants_to_hear_more",
            numbers,
            np.concatenate([one.offered.probability for one in told]),
            np.concatenate([one.offered.is_interested for one in told]),
        ),
        Outcome(
            "answers_a_campaign",
            [number for one in told for number in one.asked_numbers],
            np.concatenate([one.asked.probability for one in told]),
            np.concatenate([one.asked.is_interested for one in told]),
        ),
    ]


def auc(score: Floats, happened: Flags) -> float:
    """Area under the receiver operating curve; pairs with equal scores count half. NaN where only one side occurs."""
    positives = int(happened.sum())
    negatives = len(happened) - positives
    if positives == 0 or negatives == 0:
        return float("nan")
    levels, place, count = np.unique(score, return_inverse=True, return_counts=True)
    # Mean rank of each level, from 1.
    rank = (np.cumsum(count) - (count - 1) / 2)[place] if len(levels) else np.zeros(0)
    return float((rank[happened].sum() - positives * (positives + 1) / 2) / (positives * negatives))
