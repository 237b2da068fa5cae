"""Loans: who borrows, on what terms, and who stops paying."""

from dataclasses import dataclass

import numpy as np

from domain.loan.model import LoanState
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.codes import code
from domain.pipelines.generation.truth.days import NEVER, day_in_month, month_of
from domain.pipelines.generation.truth.families import NOBODY, People
from domain.pipelines.generation.truth.life import Life
from domain.pipelines.generation.truth.livelihood import Livelihood, Occupation
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.products import place
from domain.pipelines.generation.truth.propensities import Propensities
from domain.pipelines.generation.truth.randomness import Chance, Floats, Ints, choose, logistic, stream

DAYS_UNTIL_CALLED_IN = 180
"""Without a payment; then the loan has ended, unpaid."""
LONGEST_UNPAID_DAYS = 420


@dataclass(frozen=True, slots=True)
class Lending:
    """Loans, arrays (loans,). `borrower` and `guarantor` are places among the block's persons.

    stops_on  day from which nothing is paid, NEVER for who pays
    fails     the probability by which that was decided: the best score that anybody could compute
    """

    borrower: Ints
    product: Ints
    granted_on: Ints
    months: Ints
    cents: Ints
    instalment: Ints
    state: Ints
    stops_on: Ints
    guarantor: Ints
    fails: Floats


@dataclass(frozen=True, slots=True)
class _Kind:
    product: products.Product
    months: tuple[int, ...]
    rates: tuple[float, float]
    oldest_days: int
    log_odds: float
    bears: float = 1.0
    """How much more than a wage earner a borrower can bear."""


MORTGAGE = _Kind(products.MORTGAGE, (180, 240, 300, 360), (0.030, 0.047), 3_000, -0.5)
CONSUMER = _Kind(products.CONSUMER, (12, 24, 36, 60), (0.034, 0.075), 1_500, 0.3)
BUSINESS = _Kind(products.BUSINESS, (12, 24, 36), (0.033, 0.056), 1_100, 0.45, bears=2.4)
FAILS_LOG_ODDS, OF_CREDIT, OF_BURDEN = -4.0, -1.25, 1.6


def lending(plan: Plan, block: Block, who: People, lives: Livelihood, bonds: Life, inclined: Propensities) -> Lending:
    """The loans of a block's persons."""
    chance = stream(plan.seed, "lending", block.number)
    may = bonds.stays & (lives.income > 0) & (who.age >= 22) & (who.age < 62) & ~who.is_foreign
    may &= bonds.joined_on < plan.history.last - 200
    draws = chance.random((3, len(who)))
    at_work = may & (lives.occupation < Occupation.HOMEMAKER)
    trades = may & np.isin(lives.occupation, (Occupation.SELF_EMPLOYED, Occupation.OWNER))
    chosen = (
        (MORTGAGE, at_work & (draws[0] < np.where(lives.is_main, 0.17, 0.03) * (who.age < 55))),
        (CONSUMER, may & (draws[1] < np.where(lives.is_main, 0.10, 0.05))),
        (BUSINESS, trades & (draws[2] < 0.17)),
    )
    parts = [
        _granted(plan, chance, kind, np.flatnonzero(borrows), who, lives, bonds, inclined) for kind, borrows in chosen
    ]
    return Lending(*map(np.concatenate, zip(*parts, strict=True)))


def _granted(
    plan: Plan, chance: Chance, kind: _Kind, who_borrows: Ints, who: People, lives: Livelihood, bonds: Life,
    inclined: Propensities,
) -> tuple[Ints | Floats, ...]:  # fmt: skip
    count, as_of = len(who_borrows), plan.history.last
    income = lives.income[who_borrows]
    months = np.array(kind.months)[choose(chance, np.ones(len(kind.months)), count)]
    rate = kind.rates[0] + (kind.rates[1] - kind.rates[0]) * chance.random(count)
    # What somebody can bear decides what they get, rounded as banks do.
    burden = (
        np.clip(0.3 + 0.12 * chance.standard_normal(count) - 0.02 * inclined.thrift[who_borrows], 0.06, 0.6)
        * kind.bears
    )
    monthly = rate / 12
    annuity = monthly / (1 - (1 + monthly) ** -months)
    step = 10_000 if kind is MORTGAGE else 5_000
    amount = np.maximum(np.round(income * burden / annuity / step), 1) * step
    amount = np.minimum(amount, {"L001": 8_000_000, "L002": 300_000, "L003": 3_000_000}[kind.product.number])
    instalment = np.round(amount * annuity * 100).astype(np.int64)
    oldest = np.minimum(as_of - bonds.joined_on[who_borrows] - 10, kind.oldest_days)
    granted_on = as_of - 5 - np.floor(chance.random(count) * (oldest - 5)).astype(np.int64)
    ends_on = due_on(granted_on, months)
    log_odds = FAILS_LOG_ODDS + kind.log_odds + OF_CREDIT * inclined.credit[who_borrows]
    log_odds += OF_BURDEN * (instalment / 100 / income / kind.bears - 0.3)
    fails = np.where(granted_on < as_of - 100, logistic(log_odds), 0.0)
    stops = chance.random(count) < fails
    last = np.minimum(ends_on, as_of) - 40
    early = np.maximum(granted_on + 45, last - LONGEST_UNPAID_DAYS)
    stops_on = np.where(
        stops, early + np.floor(chance.random(count) * np.maximum(last - early, 0)).astype(np.int64), NEVER
    )
    is_over = ends_on <= as_of
    unpaid = np.where(
        is_over | (as_of - stops_on > DAYS_UNTIL_CALLED_IN), code(LoanState.DEFAULTED), code(LoanState.IN_ARREARS)
    )
    state = np.where(stops, unpaid, np.where(is_over, code(LoanState.REPAID), code(LoanState.RUNNING)))
    product = np.full(count, place(kind.product), dtype=np.int64)
    guarantor = _guarantors(
        chance, who_borrows, who, wanted=chance.random(count) < (0.12 if kind is MORTGAGE else 0.22)
    )
    cents = np.round(amount * 100).astype(np.int64)
    return who_borrows, product, granted_on, months, cents, instalment, state, stops_on, guarantor, fails


def due_on(granted_on: Ints, number: Ints) -> Ints:
    """The day on which each loan's `number`-th instalment is due: so many months after the grant."""
    months = month_of(granted_on)
    days = granted_on - day_in_month(months, np.ones_like(months)) + 1
    return day_in_month(months + number, days)


def _guarantors(chance: Chance, borrowers: Ints, who: People, *, wanted: np.ndarray) -> Ints:
    """Partner, parent, or an acquaintance served at the same outlet; NOBODY where none is wanted or found."""
    relative = who.partner[borrowers]
    for other in (who.father[borrowers], who.mother[borrowers]):
        relative = np.where(relative == NOBODY, other, relative)
    order = np.argsort(who.outlet, kind="stable")
    begins = np.searchsorted(who.outlet[order], who.outlet[borrowers], side="left")
    ends = np.searchsorted(who.outlet[order], who.outlet[borrowers], side="right")
    drawn = order[begins + np.floor(chance.random(len(borrowers)) * (ends - begins)).astype(np.int64)]
    is_fit = (who.age[drawn] >= 25) & (who.age[drawn] < 65) & (drawn != borrowers)
    friend = np.where(is_fit, drawn, NOBODY)
    return np.where(wanted, np.where(relative == NOBODY, friend, relative), NOBODY)
