"""What people do with their money as it comes: purchases, cash, friends, wallets."""

import numpy as np

from domain.pipelines.generation.truth import counterparties as others
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.codes import NOTHING
from domain.pipelines.generation.truth.days import NEVER, SPRING_FESTIVALS, day_in_month, month_of, number
from domain.pipelines.generation.truth.families import People
from domain.pipelines.generation.truth.ledger import Ledger
from domain.pipelines.generation.truth.life import Life
from domain.pipelines.generation.truth.livelihood import Livelihood, Occupation
from domain.pipelines.generation.truth.opening import Contracts
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.propensities import Propensities
from domain.pipelines.generation.truth.purses import BY_CARD, DEPOSIT, HOUSEHOLD, INCOMING, OUTGOING, WITHDRAWAL, Purses
from domain.pipelines.generation.truth.randomness import Chance, Ints

SEASON = np.array([1.15, 1.25, 0.9, 0.95, 1.0, 1.05, 1.0, 1.0, 1.05, 1.1, 1.2, 1.1])
"""Spending by month of the year."""
WEEKEND, BEFORE_FESTIVAL, FESTIVAL, SALES = 1.35, 1.8, 0.55, 1.6
"""Purchases beside those of a working day: at weekends, in the ten days before the Spring Festival, in its week, in the
sales of June (618) and November (双十一)."""
FADES_DAYS, FADES_TO = 100, 0.35
"""Who leaves does less and less before."""


def _fades_from(bonds: Life, person: Ints) -> Ints:
    """Day from which each purse does less, NEVER for those who stay."""
    left = bonds.left_on[person]
    return np.where(left == NEVER, NEVER, left - FADES_DAYS)


def shopping_days(chance: Chance, day: Ints) -> Ints:
    """Other days of the same months, as often as people shop on them."""
    month = month_of(day)
    first, last = int(month.min(initial=0)), int(month.max(initial=0))
    begins = day_in_month(np.array([first]), np.array([1]))[0]
    ends = day_in_month(np.array([last]), np.array([31]))[0]
    days = np.arange(begins, ends + 1)
    weights = np.where((days + 3) % 7 >= 5, WEEKEND, 1.0)
    for festival in SPRING_FESTIVALS.values():
        to_go = number(festival) - days
        weights = np.where((to_go > 0) & (to_go <= 10), weights * BEFORE_FESTIVAL, weights)
        weights = np.where((to_go <= 0) & (to_go > -7), weights * FESTIVAL, weights)
    in_month = days - day_in_month(month_of(days), np.ones_like(days)) + 1
    of_year = month_of(days) % 12 + 1
    sales = ((of_year == 6) & (in_month >= 14) & (in_month <= 18)) | ((of_year == 11) & (in_month <= 11))
    weights = np.where(sales, weights * SALES, weights)
    total = np.cumsum(weights)
    # What was reached by the end of the month before; and by the end of each month.
    starts = np.searchsorted(days, day_in_month(month, np.ones_like(month)))
    stops = np.searchsorted(days, day_in_month(month, np.full_like(month, 31)))
    low = total[starts] - weights[starts]
    drawn = low + chance.random(len(day)) * (total[stops] - low)
    return days[np.minimum(np.searchsorted(total, drawn, side="right"), stops)]


def spend(
    plan: Plan, purses: Purses, who: People, lives: Livelihood, inclined: Propensities, bonds: Life, ledger: Ledger
) -> None:
    """Purchases by card and wallet: the thrifty spend less of what they earn, the young more often."""
    chance, person = purses.chance, purses.person
    fading = _fades_from(bonds, person)
    main, here = lives.is_main[person], lives.is_paid_here[person]
    often = np.interp(who.age[person], (10, 20, 30, 50, 70), (0.5, 1.7, 1.6, 1.0, 0.45))
    habit = np.exp(0.5 * chance.standard_normal(len(person)) + 0.2 * inclined.attachment[person])
    rate = np.where(main, 1.15, 0.25) * often * habit
    row, day = purses.some_days(rate, by_month=SEASON[purses.months % 12])
    day = shopping_days(chance, day)
    kept = (fading[row] == NEVER) | (day < fading[row]) | (chance.random(len(row)) < FADES_TO)
    row, day = row[kept], day[kept]
    share = np.clip(0.52 - 0.13 * inclined.thrift[person], 0.15, 0.9)
    budget = np.where(here, lives.income[person] * share, 260 + 0.04 * lives.income[person])
    mean = np.maximum(budget / np.maximum(rate, 0.3), 15)
    cents = np.round(mean[row] * np.exp(0.9 * chance.standard_normal(len(row)) - 0.4) * 100)
    # Many prices are whole, some end in nine.
    draws = chance.random(len(row))
    cents = np.where(draws < 0.45, np.ceil(cents / 100) * 100, cents)
    cents = np.where((draws < 0.12) & (cents > 3_000), np.ceil(cents / 1_000) * 1_000 - 100, cents)
    cents = np.where((draws > 0.8) & (cents > 2_000), np.round(cents / 1_000) * 1_000, cents)
    wallet = others.elsewhere(plan, others.WALLETS, chance.integers(0, 1 << 20, len(row)))
    by_wallet = chance.random(len(row)) < 0.6
    for part, operation, side in ((by_wallet, OUTGOING, wallet), (~by_wallet, NOTHING, np.full(len(row), NOTHING))):
        ledger.book(
            purses.account[row[part]], day[part], -np.maximum(cents[part], 100),
            operation=operation, purpose=HOUSEHOLD, counterparty=side[part],
        )  # fmt: skip


def use_cash(purses: Purses, who: People, lives: Livelihood, ledger: Ledger) -> None:
    """The old take cash at the counter, others at machines; who trades brings some."""
    chance, person = purses.chance, purses.person
    age, main = who.age[person], lives.is_main[person]
    counter = np.where(age >= 62, 0.55, 0.04) * np.where(main, 1.0, 0.3)
    machine = np.interp(age, (16, 25, 50, 75), (0.1, 0.08, 0.18, 0.1)) * np.where(main, 1.0, 0.35)
    for rate, operation, most in ((counter, WITHDRAWAL, 30), (machine, BY_CARD, 20)):
        row, day = purses.some_days(rate)
        notes = np.clip(np.round(np.exp(2.1 + 0.7 * chance.standard_normal(len(row)))), 1, most)
        ledger.book(purses.account[row], day, -notes * 10_000, operation=operation)
    trades = np.isin(lives.occupation[person], (Occupation.SELF_EMPLOYED, Occupation.OWNER))
    row, day = purses.some_days(np.where(trades & main, 0.7, 0.05))
    notes = np.clip(np.round(np.exp(3.2 + 0.9 * chance.standard_normal(len(row)))), 1, 490)
    ledger.book(purses.account[row], day, notes * 10_000, operation=DEPOSIT)


def transfer(plan: Plan, purses: Purses, lives: Livelihood, inclined: Propensities, ledger: Ledger) -> None:
    """To and from friends, and to one's own accounts elsewhere."""
    chance, person = purses.chance, purses.person
    main = lives.is_main[person]
    scale = np.maximum(lives.income[person], 1_500)
    for rate, sign in ((0.30, 1), (0.34, -1)):
        row, day = purses.some_days(np.where(main, rate, rate * 0.8))
        cents = np.round(scale[row] * np.exp(1.0 * chance.standard_normal(len(row)) - 1.5) / 10) * 1_000
        # Everybody has a few people whom they pay again and again.
        side = others.elsewhere(plan, others.ACQUAINTANCES, person[row] % 97 * 41 + chance.integers(0, 7, len(row)))
        operation = INCOMING if sign > 0 else OUTGOING
        ledger.book(purses.account[row], day, sign * np.maximum(cents, 1_000), operation=operation, counterparty=side)
    # What is left of the pay goes where it earns more, the less the more one likes this bank.
    moves = lives.is_paid_here[person] & (chance.random(len(person)) < 0.6)
    row, day = purses.some_days(np.where(moves, 0.5, 0.0))
    share = np.clip(0.55 + 0.1 * inclined.thrift[person[row]] - 0.12 * inclined.attachment[person[row]], 0.1, 0.9)
    cents = np.round(scale[row] * share / 100 * (0.6 + 0.8 * chance.random(len(row)))) * 10_000
    own = others.elsewhere(plan, others.ACQUAINTANCES, person[row] * 13 + 5)
    ledger.book(purses.account[row], day, -cents, operation=OUTGOING, counterparty=own)


def use_second(plan: Plan, purses: Purses, held: Contracts, ledger: Ledger) -> None:
    """Electronic accounts: small sums in and out through wallets; dollars now and then."""
    chance = purses.chance
    second = held.of(products.SECOND)
    some = Purses(chance, held.owner[second], second, purses.months)
    for rate, sign in ((0.11, 1), (0.14, -1)):
        row, day = some.some_days(np.full(len(second), rate))
        cents = np.round(np.exp(5.2 + 1.0 * chance.standard_normal(len(row))) * 100)
        wallet = others.elsewhere(plan, others.WALLETS, row)
        operation = INCOMING if sign > 0 else OUTGOING
        ledger.book(second[row], day, sign * cents, operation=operation, counterparty=wallet)
    dollars = held.of(products.DOLLAR)
    some = Purses(chance, held.owner[dollars], dollars, purses.months)
    row, day = some.some_days(np.full(len(dollars), 0.3))
    cents = np.round(np.exp(6.2 + 0.9 * chance.standard_normal(len(row)))) * 100
    side = others.elsewhere(plan, others.PAYERS, row)
    ledger.book(dollars[row], day, cents, operation=INCOMING, counterparty=side)
