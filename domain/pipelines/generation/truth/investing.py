"""Who holds funds and insurance, and what funds and securities are worth from month to month."""

from functools import lru_cache

import numpy as np

from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.days import NEVER, day_in_month, month_of
from domain.pipelines.generation.truth.facts import Balances
from domain.pipelines.generation.truth.families import People
from domain.pipelines.generation.truth.ledger import OPENS, Booked, Ledger
from domain.pipelines.generation.truth.life import Life
from domain.pipelines.generation.truth.livelihood import Livelihood
from domain.pipelines.generation.truth.opening import Contracts, Opening, later
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.products import FUNDS, PRICED, place
from domain.pipelines.generation.truth.propensities import Propensities
from domain.pipelines.generation.truth.randomness import Floats, Ints, choose, logistic, stream

FUND_LOG_ODDS, OF_RISK_APPETITE, OF_WEALTH = -2.3, 0.8, 0.55
POPULAR = (34, 22, 26, 18)
"""Weights of the funds."""
LONGEST_HELD_DAYS = 1_900
INSURED = 0.13
ANNUITY_LOG_ODDS = -4.0
FIRST_MONTH, LAST_MONTH = 480, 800
"""Of the markets: January 2010 to August 2036, as months since 1970."""


def add_funds(
    opening: Opening, plan: Plan, block: Block, who_may: Ints, who: People, lives: Livelihood, bonds: Life,
    inclined: Propensities,
) -> None:  # fmt: skip
    """Funds of those who have something to lose and like to risk it; some have several, each once."""
    chance, as_of = stream(plan.seed, "funds", block.number), plan.history.last
    wealth = lives.wealth[who_may]
    log_odds = FUND_LOG_ODDS + OF_WEALTH * np.log(np.maximum(wealth, 100) / 50_000)
    log_odds += OF_RISK_APPETITE * inclined.risk_appetite[who_may] - 0.02 * (who.age[who_may] - 40)
    some = who_may[(chance.random(len(who_may)) < logistic(log_odds)) & (wealth > 3_000)]
    owner = np.repeat(some, 1 + chance.poisson(0.45, len(some)))
    fund = choose(chance, POPULAR, len(owner))
    pairs = np.unique(np.stack([owner, fund], axis=1), axis=0)
    owner, fund = pairs[:, 0], pairs[:, 1]
    share = 0.03 + 0.13 * chance.random(len(owner))
    aim = np.maximum(np.round(lives.wealth[owner] * share * np.exp(0.5 * chance.standard_normal(len(owner))), -2), 100)
    opened = np.maximum(later(chance, bonds.joined_on[owner], as_of), as_of - LONGEST_HELD_DAYS)
    opened = awake(opened, owner, bonds)
    opening.add(owner, np.array([place(one) for one in FUNDS])[fund], opened, aim)


def add_insurance(
    opening: Opening, plan: Plan, block: Block, who_may: Ints, who: People, lives: Livelihood, bonds: Life
) -> None:
    """Policies that protect: they are worth nothing, and cost something every month (`bills.py`)."""
    chance = stream(plan.seed, "insured", block.number)
    may = lives.is_main[who_may] & (who.age[who_may] >= 25) & (who.age[who_may] < 65)
    some = who_may[may & (chance.random(len(who_may)) < INSURED)]
    opened = awake(later(chance, bonds.joined_on[some], plan.history.last), some, bonds)
    opening.add(some, place(products.MEDICAL), opened, np.zeros(len(some)))


def add_annuities(
    opening: Opening, plan: Plan, block: Block, who_may: Ints, who: People, lives: Livelihood, bonds: Life,
    inclined: Propensities,
) -> None:  # fmt: skip
    """Policies that save: paid for once; what was paid is what they are worth."""
    chance, as_of = stream(plan.seed, "annuities", block.number), plan.history.last
    wealth, age = lives.wealth[who_may], who.age[who_may]
    log_odds = ANNUITY_LOG_ODDS + 0.6 * np.log(np.maximum(wealth, 100) / 100_000) + 0.3 * inclined.thrift[who_may]
    may = (age >= 40) & (age < 72) & (wealth > 30_000)
    some = who_may[may & (chance.random(len(who_may)) < logistic(log_odds + 1.2))]
    aim = np.maximum(np.round(lives.wealth[some] * (0.05 + 0.15 * chance.random(len(some))), -4), 10_000)
    opened = np.maximum(later(chance, bonds.joined_on[some], as_of), as_of - LONGEST_HELD_DAYS)
    opening.add(some, place(products.ANNUITY), awake(opened, some, bonds), aim)


def awake(opened: Ints, owner: Ints, bonds: Life) -> Ints:
    """Nothing is opened while somebody sleeps."""
    sleeps = bonds.sleeps_from[owner]
    return np.where(sleeps != NEVER, np.clip(opened, bonds.joined_on[owner], sleeps), opened)


@lru_cache(8)
def markets(seed: int) -> Floats:
    """Logarithms of prices (PRICED, months) at the ends of months from FIRST_MONTH on."""
    drift = np.array([one.rate for one in PRICED])[:, None] / 12
    swings = np.array([one.swing for one in PRICED])[:, None] / np.sqrt(12)
    months = LAST_MONTH - FIRST_MONTH
    steps = stream(seed, "markets").standard_normal((len(FUNDS) + 1, months))
    others = stream(seed, "markets of securities").standard_normal((len(PRICED) - len(FUNDS), months))
    # What moves one of them moves all in part.
    steps = 0.8 * np.concatenate([steps[1:], others]) + 0.6 * steps[:1]
    return np.cumsum(drift + swings * steps, axis=1)


def _price(plan: Plan, product: Ints, day: Ints) -> Floats:
    """Logarithms of prices; within a month they go from one end to the next."""
    month = month_of(day)
    begins = day_in_month(month, np.ones_like(month))
    part = (day - begins + 1) / (day_in_month(month, np.full_like(month, 31)) - begins + 1)
    row = np.array([PRICED.index(one) if one in PRICED else 0 for one in products.PRODUCTS])[product]
    at = np.clip(month - FIRST_MONTH, 1, LAST_MONTH - FIRST_MONTH - 1)
    prices = markets(plan.seed)
    return prices[row, at - 1] * (1 - part) + prices[row, at] * part


def _worth(plan: Plan, held: Contracts, account: Ints, day: Ints) -> Ints:
    """Cents that holdings are worth on days, of what was paid for them."""
    gain = _price(plan, held.product[account], day) - _price(plan, held.product[account], held.opened_on[account])
    return np.round(held.aim[account] * np.exp(gain)).astype(np.int64)


def settle(plan: Plan, held: Contracts, ledger: Ledger) -> None:
    """Book what funds and securities have won or lost on the day on which they are sold."""
    priced = held.of(*PRICED)
    sold = priced[(held.closed_on[priced] != NEVER) & (held.closed_on[priced] >= plan.history.first)]
    day = held.closed_on[sold]
    ledger.book(sold, day, _worth(plan, held, sold, day) - held.aim[sold], by_bank=True, rank=OPENS)


def valued(plan: Plan, held: Contracts, booked: Booked) -> Booked:
    """Balances of what is priced are its worth at the ends of months and on the business date; nothing is booked."""
    priced = held.of(*PRICED)
    priced = priced[held.closed_on[priced] == NEVER]
    history = plan.history
    ends = day_in_month(history.months, np.full(len(history.months), 31))
    ends = np.unique(np.minimum(ends, history.last))
    account, day = np.repeat(priced, len(ends)), np.tile(ends, len(priced))
    # What was bought on such a day has its balance from the booking.
    later_on = day > held.opened_on[account]
    account, day = account[later_on], day[later_on]
    cents = _worth(plan, held, account, day)
    told = booked.balances
    accounts, days = np.concatenate([told.account, account]), np.concatenate([told.day, day])
    order = np.lexsort((days, accounts))
    balances = Balances(accounts[order], days[order], np.concatenate([told.cents, cents])[order])
    balance, balance_on = booked.balance.copy(), booked.balance_on.copy()
    balance[account], balance_on[account] = cents, day
    return Booked(booked.movements, balances, balance, balance_on)
