"""Which accounts people open, when, and about how much lies on them."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.days import NEVER, number
from domain.pipelines.generation.truth.families import People
from domain.pipelines.generation.truth.life import Life
from domain.pipelines.generation.truth.livelihood import Livelihood, Occupation
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.products import PRODUCTS, TERM_WEIGHTS, TERMS, Product, place
from domain.pipelines.generation.truth.propensities import Propensities
from domain.pipelines.generation.truth.randomness import Chance, Flags, Floats, Ints, choose, logistic, stream

CENTS = 100
DAYS_PER_MONTH = 30.44
PENSION_BEGINS = (2022, 11, 25)
PENSION_A_YEAR = 12_000
MOST_TERMS = 6
ROLLS_OVER = 0.62


@dataclass(frozen=True, slots=True)
class Contracts:
    """Deposits and pots, arrays (accounts,); the first ones are the current accounts, one for each customer in turn.

    owner       place among the block's persons
    aim         cents that the owner wants to keep there; what a term deposit began with
    matures_on  of term deposits, after rolling over
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


class _Opening:
    """Collects accounts; what a person closes with their last day is closed then."""

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


def contracts(
    plan: Plan, block: Block, who: People, lives: Livelihood, bonds: Life, inclined: Propensities
) -> Contracts:
    """The accounts of a block's persons."""
    chance, as_of = stream(plan.seed, "contracts", block.number), plan.history.last
    opening = _Opening()
    customers = np.flatnonzero(bonds.is_customer)
    liquid = lives.wealth * (0.12 + 0.2 * chance.random(len(who)) ** 2) + lives.income * 0.2 * chance.random(len(who))
    old_books = (who.age[customers] > 60) & (chance.random(len(customers)) < 0.12)
    product = np.where(old_books, place(products.PASSBOOK), place(products.CURRENT))
    opening.add(customers, product, bonds.joined_on[customers], liquid[customers])
    grown = customers[lives.occupation[customers] != Occupation.MINOR]
    _add_second(opening, chance, grown, who, lives, bonds, inclined, as_of)
    _add_terms(opening, chance, customers, who, lives, bonds, inclined, as_of)
    _add_pots(opening, chance, grown, lives, bonds, inclined, as_of)
    _add_pensions(opening, chance, grown, who, lives, bonds, as_of)
    dollars = grown[(chance.random(len(grown)) < 0.012) | who.is_foreign[grown]]
    opening.add(
        dollars,
        place(products.DOLLAR),
        _later(chance, bonds.joined_on[dollars], as_of),
        lives.wealth[dollars] * 0.02 + 200,
    )
    return opening.contracts(len(who), bonds.left_on)


def _later(chance: Chance, joined_on: Ints, as_of: int) -> Ints:
    """Some day after joining, up to yesterday."""
    return joined_on + np.floor(chance.random(len(joined_on)) * np.maximum(as_of - joined_on, 1)).astype(np.int64)


def _add_second(
    opening: _Opening, chance: Chance, who_may: Ints, who: People, lives: Livelihood, bonds: Life,
    inclined: Propensities, as_of: int,
) -> None:  # fmt: skip
    age = who.age[who_may]
    share = logistic(0.95 - 0.045 * (age - 30) + 0.5 * lives.is_main[who_may] + 0.3 * inclined.attachment[who_may])
    some = who_may[chance.random(len(who_may)) < share]
    aim = np.minimum(lives.wealth[some] * 0.05 * chance.random(len(some)), 9_000) + 20 * chance.random(len(some))
    opening.add(some, place(products.SECOND), _later(chance, bonds.joined_on[some], as_of), aim)


def _add_terms(
    opening: _Opening, chance: Chance, customers: Ints, who: People, lives: Livelihood, bonds: Life,
    inclined: Propensities, as_of: int,
) -> None:  # fmt: skip
    wealth, age = lives.wealth[customers], who.age[customers]
    likes = np.interp(age, (18, 30, 45, 60, 75), (0.25, 0.5, 0.95, 1.6, 1.9))
    rate = 1.15 * likes * np.clip(wealth / 40_000, 0.02, 12) ** 0.45 * np.exp(-0.35 * inclined.risk_appetite[customers])
    count = np.minimum(chance.poisson(rate), MOST_TERMS) * (wealth > 3_000)
    owner = np.repeat(customers, count)
    share = np.repeat(np.clip(0.25 + 0.25 * likes, 0.2, 0.75) / np.maximum(count, 1), count)
    aim = lives.wealth[owner] * share * np.exp(0.3 * chance.standard_normal(len(owner)))
    # People deposit round sums.
    step = np.where(aim >= 20_000, 10_000, np.where(aim >= 2_000, 1_000, 500))
    aim = np.maximum(np.round(aim / step), 1) * step
    term = choose(chance, TERM_WEIGHTS, len(owner))
    term = np.where((term == 4) & (aim >= products.LARGE_TERM_FROM), 5, term)
    months = np.array([kind.months for kind in TERMS])[term]
    days = np.round(months * DAYS_PER_MONTH).astype(np.int64)
    # One in four has come to its end within the last months.
    age_days = np.floor(chance.random(len(owner)) * (days * 1.35 + 30)).astype(np.int64) + 1
    opened_on = np.maximum(as_of - age_days, bonds.joined_on[owner])
    opened_on = np.where(bonds.left_on[owner] != NEVER, np.minimum(opened_on, bonds.left_on[owner] - 40), opened_on)
    opened_on = np.where(bonds.sleeps_from[owner] != NEVER, np.minimum(opened_on, bonds.sleeps_from[owner]), opened_on)
    opened_on = np.maximum(opened_on, bonds.joined_on[owner])
    matures = opened_on + days
    ended = matures < as_of
    rolls = ended & ((chance.random(len(owner)) < ROLLS_OVER) | (bonds.sleeps_from[owner] != NEVER))
    rolled = np.where(rolls, matures, NEVER)
    closed = np.where(ended & ~rolls, matures, NEVER)
    first = place(TERMS[0])
    opening.add_term(owner, first + term, opened_on, aim, np.where(rolls, matures + days, matures), rolled, closed)


def _add_pots(
    opening: _Opening, chance: Chance, who_may: Ints, lives: Livelihood, bonds: Life, inclined: Propensities, as_of: int
) -> None:
    wealth = lives.wealth[who_may]
    log_odds = -1.2 + 0.55 * np.log(np.maximum(wealth, 100) / 30_000) + 0.5 * inclined.risk_appetite[who_may]
    for product, share, bias in ((products.CASH_POT, 0.18, 0.0), (products.STEADY_POT, 0.3, -0.6)):
        some = who_may[(chance.random(len(who_may)) < logistic(log_odds + bias)) & (wealth > 1_000)]
        aim = np.maximum(
            np.round(lives.wealth[some] * share * np.exp(0.4 * chance.standard_normal(len(some))), -2), 100
        )
        opened = np.maximum(_later(chance, bonds.joined_on[some], as_of), as_of - 1_600)
        sleeps = bonds.sleeps_from[some]
        opened = np.where(sleeps != NEVER, np.clip(opened, bonds.joined_on[some], sleeps), opened)
        opening.add(some, place(product), opened, aim)


def _add_pensions(
    opening: _Opening, chance: Chance, who_may: Ints, who: People, lives: Livelihood, bonds: Life, as_of: int
) -> None:
    begins = number(date(*PENSION_BEGINS))
    if as_of <= begins:
        return
    share = np.where(lives.is_main[who_may], 0.2, 0.05) * (lives.income[who_may] > 5_000)
    may: Flags = (who.age[who_may] >= 25) & (who.age[who_may] < 58) & bonds.stays[who_may]
    some = who_may[may & (chance.random(len(who_may)) < share)]
    opened = np.maximum(_later(chance, np.maximum(bonds.joined_on[some], begins), as_of), begins)
    aim = np.minimum(np.round(lives.income[some] * 0.6, -3) + 1_000, PENSION_A_YEAR)
    opening.add(some, place(products.PENSION), np.minimum(opened, as_of - 1), aim)


def rate_of(product: Ints) -> Floats:
    """Interest a year, by place in the catalogue."""
    return np.array([entry.rate for entry in PRODUCTS])[product]
