"""Which accounts people open, when, and about how much lies on them."""

from datetime import date

import numpy as np

from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.days import NEVER, number
from domain.pipelines.generation.truth.families import People
from domain.pipelines.generation.truth.investing import add_annuities, add_funds, add_insurance
from domain.pipelines.generation.truth.life import Life
from domain.pipelines.generation.truth.livelihood import Livelihood, Occupation
from domain.pipelines.generation.truth.opening import Contracts, Opening, later
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.products import TERM_WEIGHTS, TERMS, place
from domain.pipelines.generation.truth.propensities import Propensities
from domain.pipelines.generation.truth.randomness import Chance, Flags, Ints, choose, logistic, stream
from domain.pipelines.generation.truth.securities import add_securities

DAYS_PER_MONTH = 30.44
PENSION_BEGINS = (2022, 11, 25)
PENSION_A_YEAR = 12_000
MOST_TERMS = 6
ROLLS_OVER, LIKES_ROUND = 0.62, 0.4


def contracts(
    plan: Plan, block: Block, who: People, lives: Livelihood, bonds: Life, inclined: Propensities
) -> Contracts:
    """The accounts of a block's persons."""
    chance, as_of = stream(plan.seed, "contracts", block.number), plan.history.last
    opening = Opening()
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
    add_funds(opening, plan, block, grown, who, lives, bonds, inclined)
    add_insurance(opening, plan, block, grown, who, lives, bonds)
    add_annuities(opening, plan, block, grown, who, lives, bonds, inclined)
    dollars = grown[(chance.random(len(grown)) < 0.012) | who.is_foreign[grown]]
    opening.add(
        dollars,
        place(products.DOLLAR),
        later(chance, bonds.joined_on[dollars], as_of),
        lives.wealth[dollars] * 0.02 + 200,
    )
    add_securities(opening, plan, block, grown, who, lives, bonds, inclined)
    return opening.contracts(len(who), bonds.left_on)


def _add_second(
    opening: Opening, chance: Chance, who_may: Ints, who: People, lives: Livelihood, bonds: Life,
    inclined: Propensities, as_of: int,
) -> None:  # fmt: skip
    age = who.age[who_may]
    share = logistic(1.15 - 0.045 * (age - 30) + 0.5 * lives.is_main[who_may] + 0.3 * inclined.attachment[who_may])
    some = who_may[chance.random(len(who_may)) < share]
    aim = np.minimum(lives.wealth[some] * 0.05 * chance.random(len(some)), 9_000) + 20 * chance.random(len(some))
    opening.add(some, place(products.SECOND), later(chance, bonds.joined_on[some], as_of), aim)


def _add_terms(
    opening: Opening, chance: Chance, customers: Ints, who: People, lives: Livelihood, bonds: Life,
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
    # And of round sums the roundest: fifty thousand, a hundred thousand.
    heap = np.where(aim >= 150_000, 100_000, np.where(aim >= 30_000, 50_000, 10_000))
    likes_round = (chance.random(len(aim)) < LIKES_ROUND) & (aim >= 8_000)
    aim = np.where(likes_round, np.maximum(np.round(aim / heap), 1) * heap, aim)
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
    opening: Opening, chance: Chance, who_may: Ints, lives: Livelihood, bonds: Life, inclined: Propensities, as_of: int
) -> None:
    wealth = lives.wealth[who_may]
    log_odds = -1.2 + 0.55 * np.log(np.maximum(wealth, 100) / 30_000) + 0.5 * inclined.risk_appetite[who_may]
    for product, share, bias in ((products.CASH_POT, 0.18, 0.25), (products.STEADY_POT, 0.3, -0.4)):
        some = who_may[(chance.random(len(who_may)) < logistic(log_odds + bias)) & (wealth > 1_000)]
        aim = np.maximum(
            np.round(lives.wealth[some] * share * np.exp(0.4 * chance.standard_normal(len(some))), -2), 100
        )
        opened = np.maximum(later(chance, bonds.joined_on[some], as_of), as_of - 1_600)
        sleeps = bonds.sleeps_from[some]
        opened = np.where(sleeps != NEVER, np.clip(opened, bonds.joined_on[some], sleeps), opened)
        opening.add(some, place(product), opened, aim)


def _add_pensions(
    opening: Opening, chance: Chance, who_may: Ints, who: People, lives: Livelihood, bonds: Life, as_of: int
) -> None:
    begins = number(date(*PENSION_BEGINS))
    if as_of <= begins:
        return
    share = np.where(lives.is_main[who_may], 0.2, 0.05) * (lives.income[who_may] > 5_000)
    may: Flags = (who.age[who_may] >= 25) & (who.age[who_may] < 58) & bonds.stays[who_may]
    some = who_may[may & (chance.random(len(who_may)) < share)]
    opened = np.maximum(later(chance, np.maximum(bonds.joined_on[some], begins), as_of), begins)
    aim = np.minimum(np.round(lives.income[some] * 0.6, -3) + 1_000, PENSION_A_YEAR)
    opening.add(some, place(products.PENSION), np.minimum(opened, as_of - 1), aim)
