"""Who holds securities; and what savings bonds pay, each year and in the end."""

import numpy as np

from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.days import NEVER, day_in_month, month_of
from domain.pipelines.generation.truth.families import People
from domain.pipelines.generation.truth.investing import LONGEST_HELD_DAYS, awake
from domain.pipelines.generation.truth.ledger import OPENS, Ledger
from domain.pipelines.generation.truth.life import Life
from domain.pipelines.generation.truth.livelihood import Livelihood
from domain.pipelines.generation.truth.opening import Contracts, Opening, later
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.products import SAVINGS_BONDS, place, rate_of
from domain.pipelines.generation.truth.propensities import Propensities
from domain.pipelines.generation.truth.purses import INTEREST
from domain.pipelines.generation.truth.randomness import Floats, Ints, choose, logistic, stream

SAVINGS_BOND_LOG_ODDS, OF_THRIFT, OF_YEARS = -3.3, 0.6, 0.045
COUNTER_BOND_LOG_ODDS, CUSTODY_LOG_ODDS, OF_RISK_APPETITE = -4.6, -3.0, 1.0
TERM_WEIGHTS = (55, 45)
"""Of three and of five years."""
ISSUED_IN, ISSUED_FROM, ISSUED_FOR = (3, 5, 7, 9), 10, 10
"""Savings bonds are sold in April, June, August and October (months after January), on ten days from the 10th on."""
MOST_SAVED = 3_000_000
YEAR = 12


def add_securities(
    opening: Opening, plan: Plan, block: Block, who_may: Ints, who: People, lives: Livelihood, bonds: Life,
    inclined: Propensities,
) -> None:  # fmt: skip
    """Savings bonds of the older and thrifty, counter bonds of few, custody of those who like to risk something."""
    wealth, age = lives.wealth[who_may], who.age[who_may]
    rich = np.log(np.maximum(wealth, 100) / 100_000)
    older = OF_YEARS * (age - 60)
    saves = SAVINGS_BOND_LOG_ODDS + 0.5 * rich + OF_THRIFT * inclined.thrift[who_may] + older
    _add_savings_bonds(opening, plan, block, who_may, np.where(wealth > 5_000, logistic(saves), 0), lives, bonds)
    trades = COUNTER_BOND_LOG_ODDS + 0.5 * rich + 0.3 * inclined.thrift[who_may]
    risks = CUSTODY_LOG_ODDS + 0.45 * rich + OF_RISK_APPETITE * inclined.risk_appetite[who_may] - 0.02 * (age - 45)
    for product, odds, share in ((products.COUNTER_BOND, trades, 0.08), (products.CUSTODY, risks, 0.15)):
        chance, as_of = stream(plan.seed, product.number, block.number), plan.history.last
        some = who_may[(chance.random(len(who_may)) < logistic(odds)) & (wealth > 5_000)]
        aim = lives.wealth[some] * share * np.exp(0.6 * chance.standard_normal(len(some)))
        opened = np.maximum(later(chance, bonds.joined_on[some], as_of), as_of - LONGEST_HELD_DAYS)
        opening.add(some, place(product), awake(opened, some, bonds), np.maximum(np.round(aim, -2), 100))


def _add_savings_bonds(
    opening: Opening, plan: Plan, block: Block, who_may: Ints, probability: Floats, lives: Livelihood, bonds: Life
) -> None:
    """Bought when they are issued, and held until they mature; the Treasury takes orders of whole hundreds."""
    chance, history = stream(plan.seed, "savings bonds", block.number), plan.history
    some = who_may[chance.random(len(who_may)) < probability]
    owner = np.repeat(some, 1 + chance.poisson(0.6, len(some)))
    kind = choose(chance, TERM_WEIGHTS, len(owner))
    months = np.array([one.months for one in SAVINGS_BONDS])[kind]
    # Some have come to their end within the year that is told of.
    months_ago = np.floor(chance.random(len(owner)) * (months + YEAR)).astype(np.int64)
    asked = month_of(np.full(len(owner), history.last)) - months_ago
    since = np.array([min((month - one) % YEAR for one in ISSUED_IN) for month in range(YEAR)])
    issued = asked - since[asked % YEAR]
    day_of_month = ISSUED_FROM + chance.integers(0, ISSUED_FOR, len(owner))
    opened, matures = day_in_month(issued, day_of_month), day_in_month(issued + months, day_of_month)
    aim = lives.wealth[owner] * (0.04 + 0.16 * chance.random(len(owner)))
    step = np.where(aim >= 20_000, 10_000, np.where(aim >= 2_000, 1_000, 100))
    aim = np.clip(np.round(aim / step) * step, 100, MOST_SAVED)
    sleeps = bonds.sleeps_from[owner]
    kept = (opened >= bonds.joined_on[owner]) & (opened < history.last) & (matures >= history.first)
    kept &= (sleeps == NEVER) | (opened <= sleeps)
    matures, closed = matures[kept], np.where(matures < history.last, matures, NEVER)[kept]
    never = np.full(len(matures), NEVER, dtype=np.int64)
    product = np.array([place(one) for one in SAVINGS_BONDS])[kind[kept]]
    opening.add_term(owner[kept], product, opened[kept], aim[kept], matures, never, closed)


def redeem(plan: Plan, held: Contracts, ledger: Ledger) -> None:
    """Savings bonds pay interest into the current account each year, and what was paid for them in the end.

    Who gives them back early, because they leave, gets no interest of the year that had begun.
    """
    first, last = plan.history.first, plan.history.last
    bond = held.of(*SAVINGS_BONDS)
    opened, closed = held.opened_on[bond], held.closed_on[bond]
    current = held.current_of[held.owner[bond]]
    interest = np.round(held.aim[bond] * rate_of(held.product[bond])).astype(np.int64)
    begun, day_of_month = month_of(opened), opened - day_in_month(month_of(opened), np.ones_like(opened)) + 1
    for year in range(1, max(one.months for one in SAVINGS_BONDS) // YEAR + 1):
        day = day_in_month(begun + year * YEAR, day_of_month)
        due = (day >= first) & (day <= np.where(closed == NEVER, last, closed)) & (day <= held.matures_on[bond])
        ledger.book(current[due], day[due], interest[due], purpose=INTEREST, by_bank=True)
    gone = (closed != NEVER) & (closed >= first)
    ledger.book(bond[gone], closed[gone], -held.aim[bond[gone]], by_bank=True)
    ledger.book(current[gone], closed[gone], held.aim[bond[gone]], by_bank=True, rank=OPENS)
