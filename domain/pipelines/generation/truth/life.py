"""A person's life with the bank: when they came, whether they fell asleep, whether they left."""

from dataclasses import dataclass

import numpy as np

from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.families import DAYS_PER_YEAR, PARTNER, SECOND_CHILD, People
from domain.pipelines.generation.truth.livelihood import Livelihood, Occupation
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.propensities import Propensities
from domain.pipelines.generation.truth.randomness import Flags, Floats, Ints, logistic, stream

PROSPECT_LOG_ODDS = -3.3
OLDEST_TIE_YEARS = 27
MEAN_TIE_YEARS = 7.5
DAYS_ASLEEP = 180
"""Without a movement of the customer's own, so long before the business date."""
LEFT_BEFORE_HISTORY = 0.35
"""Of those who leave."""


@dataclass(frozen=True, slots=True)
class Life:
    """Arrays (persons,), days as numbers, NEVER where something did not happen.

    sleeps_from        last day on which a dormant customer did anything
    leaves, sleeps     the probabilities by which it was decided: the best score that anybody could compute
    """

    is_prospect: Flags
    joined_on: Ints
    left_on: Ints
    sleeps_from: Ints
    leaves: Floats
    sleeps: Floats

    @property
    def is_customer(self) -> Flags:
        """Who has, or had, a contract."""
        return ~self.is_prospect

    @property
    def stays(self) -> Flags:
        """Who is a customer, awake, on the business date."""
        return self.is_customer & (self.left_on == NEVER) & (self.sleeps_from == NEVER)


def life(plan: Plan, block: Block, who: People, lives: Livelihood, inclined: Propensities) -> Life:
    """That of a block's persons."""
    chance, count, as_of = stream(plan.seed, "life", block.number), len(who), plan.history.last
    minor = lives.occupation == Occupation.MINOR
    log_odds = PROSPECT_LOG_ODDS + 1.2 * ~lives.is_main + 0.5 * np.isin(who.slot, range(PARTNER, SECOND_CHILD + 1))
    is_prospect = (chance.random(count) < logistic(log_odds)) & ~lives.is_paid_here & ~minor
    oldest = np.clip(who.age - np.where(minor, 0, 16) - 0.1, 0.05, OLDEST_TIE_YEARS)
    years = np.minimum(chance.exponential(MEAN_TIE_YEARS, count), oldest * (0.15 + 0.8 * chance.random(count)))
    days = np.maximum((years * DAYS_PER_YEAR).astype(np.int64), 1)
    joined_on = as_of - np.where(minor, np.minimum(days, as_of - who.born_on - 1), days)
    leaves = logistic(-3.15 - 1.15 * inclined.attachment - 0.7 * lives.is_main + 0.4 * (years < 2))
    sleeps = logistic(-2.5 - 1.1 * inclined.attachment - 1.1 * lives.is_main + 0.3 * (who.age > 65))
    can_leave = ~is_prospect & ~minor & (days > 3 * DAYS_ASLEEP)
    leaves, sleeps = np.where(can_leave, leaves, 0.0), np.where(can_leave, sleeps, 0.0)
    left = chance.random(count) < leaves
    asleep = ~left & (chance.random(count) < sleeps)
    first = plan.history.first
    within = first + 30 + np.floor(chance.random(count) * (as_of - first - 30)).astype(np.int64)
    early = joined_on + 180 + np.floor(chance.random(count) * np.maximum(first - joined_on - 180, 0)).astype(np.int64)
    gone_early = (chance.random(count) < LEFT_BEFORE_HISTORY) & (first - joined_on > 365)
    left_on = np.where(left, np.where(gone_early, np.minimum(early, first - 1), within), NEVER)
    left_on = np.where(left, np.maximum(left_on, joined_on + 30), NEVER)
    idle = DAYS_ASLEEP + 1 + np.floor(chance.exponential(280, count)).astype(np.int64)
    sleeps_from = np.where(asleep, np.maximum(as_of - idle, joined_on + 30), NEVER)
    return Life(is_prospect, joined_on, left_on, sleeps_from, leaves, sleeps)
