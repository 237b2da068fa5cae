"""What comes in regularly: wages with raises and a bonus, pensions, the takings of who trades."""

import numpy as np

from domain.pipelines.generation.truth import counterparties as others
from domain.pipelines.generation.truth.codes import NOTHING
from domain.pipelines.generation.truth.days import NEVER, day_in_month
from domain.pipelines.generation.truth.employers import Employers
from domain.pipelines.generation.truth.families import NOBODY
from domain.pipelines.generation.truth.ledger import Ledger
from domain.pipelines.generation.truth.livelihood import Livelihood, Occupation
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.purses import INCOMING, PENSION, SALARY, Purses
from domain.pipelines.generation.truth.randomness import Ints

PENSION_DAY = 15


def earn(plan: Plan, purses: Purses, firms: Employers, lives: Livelihood, ledger: Ledger) -> None:
    """Book what each person earns through us."""
    chance, person = purses.chance, purses.person
    income, occupation, employer = lives.income[person], lives.occupation[person], lives.employer[person]
    here = lives.is_paid_here[person]
    at = np.maximum(employer, 0)
    outside = others.elsewhere(plan, others.PAYERS, chance.integers(0, len(others.PAYERS), len(person)))
    payer = np.where(employer == NOBODY, outside, employer)
    pay_day = np.where(employer == NOBODY, np.array([5, 10, 15])[chance.integers(0, 3, len(person))], firms.pay_day[at])
    raises = np.where(employer == NOBODY, 0.04, firms.raises[at])
    raise_month = (at * 7) % 12
    salaried = here & (occupation >= Occupation.WORKER) & (occupation <= Occupation.CIVIL_SERVANT)
    rows = np.flatnonzero(salaried)
    row, day, month = purses.each_month(rows, pay_day[rows])
    # Pay in the past was lower: a raise took effect in the firm's month of the history.
    begins = purses.months[0] + (raise_month[row] - purses.months[0]) % 12
    level = np.where(month >= begins, 1.0, 1 / (1 + raises[row]))
    varies = np.where(occupation[row] == Occupation.WORKER, 0.06, 0.0)
    cents = np.round(income[row] * level * np.exp(varies * chance.standard_normal(len(row))) * 100).astype(np.int64)
    _book_pay(purses, ledger, row, day, cents, payer, firms)
    bonus_month = plan.history.bonus_month()
    if bonus_month != NEVER:
        months = np.where(employer == NOBODY, 1.0, firms.bonus[at])
        row = rows[(months[rows] > 0.2) & (chance.random(len(rows)) < 0.8)]
        day = day_in_month(np.full(len(row), bonus_month), 6 + chance.integers(0, 12, len(row)))
        cents = np.round(income[row] * months[row] * 100).astype(np.int64)
        _book_pay(purses, ledger, row, day, cents, payer, firms)
    retired = np.flatnonzero(here & (occupation == Occupation.RETIRED))
    row, day, _ = purses.each_month(retired, np.full(len(retired), PENSION_DAY))
    cents = np.round(income[row], 1) * 100
    fund = others.elsewhere(plan, others.PAYERS, row * 0)
    ledger.book(purses.account[row], day, cents, operation=INCOMING, purpose=PENSION, counterparty=fund)
    trades = here & np.isin(occupation, (Occupation.SELF_EMPLOYED, Occupation.OWNER))
    row, day = purses.some_days(np.where(trades, 1.8, 0.0))
    cents = np.round(income[row] / 1.8 * np.exp(0.6 * chance.standard_normal(len(row)) - 0.18)) * 100
    buyer = others.elsewhere(plan, others.ACQUAINTANCES, chance.integers(0, 1 << 20, len(row)))
    ledger.book(purses.account[row], day, cents, operation=INCOMING, counterparty=buyer)


def _book_pay(purses: Purses, ledger: Ledger, row: Ints, day: Ints, cents: Ints, payer: Ints, firms: Employers) -> None:
    """Within the bank there is no collection from another one."""
    count = len(firms.names)
    within = payer[row] < count
    closed_on = firms.closed_on[np.where(within, payer[row], 0)]
    # A firm that has left us pays through somebody else, and those it pays are paid elsewhere from then on.
    paid = ~within | (closed_on == NEVER) | (day < closed_on)
    row, day, cents, within = row[paid], day[paid], cents[paid], within[paid]
    for part, operation in ((within, NOTHING), (~within, INCOMING)):
        ledger.book(
            purses.account[row[part]], day[part], cents[part],
            operation=operation, purpose=SALARY, counterparty=payer[row[part]],
        )  # fmt: skip
