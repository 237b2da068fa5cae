"""A year of a person's money: pay, rent, bills, purchases, cash, friends, savings, loans."""

from dataclasses import dataclass

import numpy as np

from domain.pipelines.generation.truth import counterparties as others
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.contracts import Contracts, rate_of
from domain.pipelines.generation.truth.days import NEVER, day_in_month, month_of
from domain.pipelines.generation.truth.employers import Employers
from domain.pipelines.generation.truth.facts import Orders
from domain.pipelines.generation.truth.families import NOBODY, People
from domain.pipelines.generation.truth.ledger import GOES, INTEREST, OPENS, OUTGOING, Ledger, Lives
from domain.pipelines.generation.truth.lending import Lending, due_on
from domain.pipelines.generation.truth.life import Life
from domain.pipelines.generation.truth.livelihood import Livelihood, Occupation
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.products import CASH_POT, STEADY_POT, TERMS, place
from domain.pipelines.generation.truth.propensities import Propensities
from domain.pipelines.generation.truth.randomness import Chance, Flags, Floats, Ints, stream
from domain.transaction.model import PaymentPurpose, TransactionOperation

DEPOSIT = code(TransactionOperation.CASH_DEPOSIT)
WITHDRAWAL = code(TransactionOperation.CASH_WITHDRAWAL)
BY_CARD = code(TransactionOperation.CARD_WITHDRAWAL)
INCOMING = code(TransactionOperation.INCOMING_TRANSFER)
HOUSEHOLD = code(PaymentPurpose.HOUSEHOLD)
INSURANCE = code(PaymentPurpose.INSURANCE)
SALARY = code(PaymentPurpose.SALARY)
PENSION = code(PaymentPurpose.PENSION)
LOAN_PAYMENT = code(PaymentPurpose.LOAN_PAYMENT)
FEE = code(PaymentPurpose.STATEMENT_FEE)

PENSION_DAY, FEE_DAY = 15, 28
FEE_CENTS = 600
RENT_SHARE, INSURED, SENDS_FEE = 0.27, 0.13, 0.22
ORDERED = 0.6
"""Of regular payments, how many go by standing order."""
SEASON = np.array([1.15, 1.25, 0.9, 0.95, 1.0, 1.05, 1.0, 1.0, 1.05, 1.1, 1.2, 1.1])
"""Spending by month of the year."""
FADES_DAYS, FADES_TO = 100, 0.35
"""Who leaves does less and less before."""


def account_lives(plan: Plan, held: Contracts, bonds: Life) -> Lives:
    """What bounds the bookings on a block's accounts."""
    history = plan.history
    sleeps, left = bonds.sleeps_from[held.owner], bonds.left_on[held.owner]
    used_until = np.where(sleeps != NEVER, sleeps, np.where(left != NEVER, left, history.last))
    flows = np.isin(held.product, [place(kind) for kind in FLOWING])
    is_pot = np.isin(held.product, [place(CASH_POT), place(STEADY_POT)])
    return Lives(
        opened_on=held.opened_on,
        closed_on=held.closed_on,
        used_until=used_until,
        is_carried=flows & (held.opened_on < history.first),
        aim=held.aim,
        is_exact=~flows,
        rate=np.where(flows | is_pot, rate_of(held.product), 0.0),
    )


FLOWING = (products.CURRENT, products.PASSBOOK, products.SECOND, products.DOLLAR)
"""Accounts that money flows through."""


@dataclass(frozen=True, slots=True)
class Purses:
    """Persons with a current account: what all questions about their money need."""

    chance: Chance
    person: Ints
    account: Ints
    months: Ints

    def each_month(self, rows: Ints, day_of_month: Ints, *, spread: int = 0) -> tuple[Ints, Ints, Ints]:
        """For the purses `rows` and all months: the row, the day and the month of each."""
        count = len(self.months)
        row, month = np.repeat(rows, count), np.tile(self.months, len(rows))
        day = np.repeat(day_of_month, count)
        if spread:
            day = day + self.chance.integers(0, spread + 1, len(day))
        return row, day_in_month(month, day), month

    def some_days(self, rate: Floats, *, by_month: Floats | None = None) -> tuple[Ints, Ints]:
        """Days at random, `rate` (purses,) a month: the row and the day of each."""
        season = np.ones(len(self.months)) if by_month is None else by_month
        count = self.chance.poisson(rate[:, None] * season[None, :])
        row = np.repeat(np.arange(len(rate)), count.sum(axis=1))
        month = np.repeat(np.tile(self.months, len(rate)), count.ravel())
        return row, day_in_month(month, self.chance.integers(1, 32, len(row)))


def live(
    plan: Plan, block: Block, firms: Employers, who: People, lives: Livelihood, bonds: Life, inclined: Propensities,
    held: Contracts, loans: Lending, ledger: Ledger,
) -> Orders:  # fmt: skip
    """Book a year of the block's persons; their standing orders."""
    chance = stream(plan.seed, "money", block.number)
    person = np.flatnonzero(held.current_of != NEVER)
    purses = Purses(chance, person, held.current_of[person], plan.history.months)
    fading = _fading(bonds, person)
    _earn(plan, purses, firms, lives, ledger)
    rent = _rent(plan, purses, who, lives, loans, ledger)
    insured = _insure(plan, purses, who, lives, ledger)
    _pay_bills(plan, purses, lives, ledger)
    _spend(plan, purses, who, lives, inclined, fading, ledger)
    _use_cash(purses, who, lives, ledger)
    _transfer(plan, purses, lives, inclined, ledger)
    _use_second(plan, purses, lives, held, ledger)
    _repay(plan, purses, held, loans, ledger)
    _save(plan, held, ledger)
    return _orders(plan, chance, purses, rent, insured)


def _fading(bonds: Life, person: Ints) -> Ints:
    """Day from which each purse does less, NEVER for those who stay."""
    left = bonds.left_on[person]
    return np.where(left == NEVER, NEVER, left - FADES_DAYS)


def _earn(plan: Plan, purses: Purses, firms: Employers, lives: Livelihood, ledger: Ledger) -> None:
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
    _book_pay(purses, ledger, row, day, cents, payer, plan.firms)
    bonus_month = plan.history.bonus_month()
    if bonus_month != NEVER:
        months = np.where(employer == NOBODY, 1.0, firms.bonus[at])
        row = rows[(months[rows] > 0.2) & (chance.random(len(rows)) < 0.8)]
        day = day_in_month(np.full(len(row), bonus_month), 6 + chance.integers(0, 12, len(row)))
        cents = np.round(income[row] * months[row] * 100).astype(np.int64)
        _book_pay(purses, ledger, row, day, cents, payer, plan.firms)
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


def _book_pay(purses: Purses, ledger: Ledger, row: Ints, day: Ints, cents: Ints, payer: Ints, firms: int) -> None:
    """Within the bank there is no collection from another one."""
    within = payer[row] < firms
    for part, operation in ((within, NOTHING), (~within, INCOMING)):
        ledger.book(
            purses.account[row[part]], day[part], cents[part],
            operation=operation, purpose=SALARY, counterparty=payer[row[part]],
        )  # fmt: skip


def _rent(
    plan: Plan, purses: Purses, who: People, lives: Livelihood, loans: Lending, ledger: Ledger
) -> tuple[Ints, Ints, Ints]:
    """Tenants: rows, cents a month, landlords."""
    chance, person = purses.chance, purses.person
    owns = np.isin(person, loans.borrower[loans.product == place(products.MORTGAGE)])
    may = (
        lives.is_paid_here[person] & ~owns & (who.age[person] < 45) & (lives.occupation[person] < Occupation.HOMEMAKER)
    )
    rows = np.flatnonzero(may & (chance.random(len(person)) < RENT_SHARE))
    cents = np.round(lives.income[person[rows]] * (0.17 + 0.16 * chance.random(len(rows))) / 100) * 10_000
    landlord = others.elsewhere(plan, others.LANDLORDS, chance.integers(0, 1 << 20, len(rows)))
    cents = np.maximum(cents, 60_000).astype(np.int64)
    at = np.zeros(len(person), dtype=np.int64)
    at[rows] = np.arange(len(rows))
    row, day, _ = purses.each_month(rows, chance.integers(1, 9, len(rows)))
    ledger.book(
        purses.account[row], day, -cents[at[row]],
        operation=OUTGOING, purpose=HOUSEHOLD, counterparty=landlord[at[row]],
    )  # fmt: skip
    return rows, cents, landlord


def _insure(plan: Plan, purses: Purses, who: People, lives: Livelihood, ledger: Ledger) -> tuple[Ints, Ints, Ints]:
    """The insured: rows, premium a month in cents, insurers."""
    chance, person = purses.chance, purses.person
    may = lives.is_main[person] & (who.age[person] >= 25) & (who.age[person] < 65)
    rows = np.flatnonzero(may & (chance.random(len(person)) < INSURED))
    cents = np.round(120 + 0.05 * lives.income[person[rows]] * chance.random(len(rows))).astype(np.int64) * 100
    insurer = others.elsewhere(plan, others.INSURERS, chance.integers(0, 1 << 20, len(rows)))
    at = np.zeros(len(person), dtype=np.int64)
    at[rows] = np.arange(len(rows))
    row, day, _ = purses.each_month(rows, chance.integers(10, 25, len(rows)))
    ledger.book(
        purses.account[row], day, -cents[at[row]],
        operation=OUTGOING, purpose=INSURANCE, counterparty=insurer[at[row]],
    )  # fmt: skip
    return rows, cents, insurer


def _pay_bills(plan: Plan, purses: Purses, lives: Livelihood, ledger: Ledger) -> None:
    chance, person = purses.chance, purses.person
    pays = lives.is_main[person] & (chance.random(len(person)) < 0.5) & (lives.occupation[person] != Occupation.MINOR)
    rows = np.flatnonzero(pays)
    usual = np.exp(5.3 + 0.45 * chance.standard_normal(len(person)))
    row, day, _ = purses.each_month(rows, chance.integers(8, 20, len(rows)), spread=2)
    cents = np.round(usual[row] * np.exp(0.25 * chance.standard_normal(len(row))) * 100)
    utility = others.elsewhere(plan, others.UTILITIES, row)
    ledger.book(purses.account[row], day, -cents, operation=OUTGOING, purpose=HOUSEHOLD, counterparty=utility)
    informed = np.flatnonzero(chance.random(len(person)) < SENDS_FEE)
    row, day, month = purses.each_month(informed, np.full(len(informed), FEE_DAY))
    quarterly = month % 3 == 2
    fee = np.full(int(quarterly.sum()), -FEE_CENTS, dtype=np.int64)
    ledger.book(purses.account[row[quarterly]], day[quarterly], fee, purpose=FEE)


def _spend(
    plan: Plan, purses: Purses, who: People, lives: Livelihood, inclined: Propensities, fading: Ints, ledger: Ledger
) -> None:
    """Purchases by card and wallet: the thrifty spend less of what they earn, the young more often."""
    chance, person = purses.chance, purses.person
    main, here = lives.is_main[person], lives.is_paid_here[person]
    often = np.interp(who.age[person], (10, 20, 30, 50, 70), (0.5, 1.7, 1.6, 1.0, 0.45))
    habit = np.exp(0.5 * chance.standard_normal(len(person)) + 0.2 * inclined.attachment[person])
    rate = np.where(main, 1.15, 0.25) * often * habit
    row, day = purses.some_days(rate, by_month=SEASON[purses.months % 12])
    kept = (fading[row] == NEVER) | (day < fading[row]) | (chance.random(len(row)) < FADES_TO)
    row, day = row[kept], day[kept]
    share = np.clip(0.52 - 0.13 * inclined.thrift[person], 0.15, 0.9)
    budget = np.where(here, lives.income[person] * share, 260 + 0.04 * lives.income[person])
    mean = np.maximum(budget / np.maximum(rate, 0.3), 15)
    cents = np.round(mean[row] * np.exp(0.9 * chance.standard_normal(len(row)) - 0.4) * 100)
    wallet = others.elsewhere(plan, others.WALLETS, chance.integers(0, 1 << 20, len(row)))
    by_wallet = chance.random(len(row)) < 0.6
    for part, operation, side in ((by_wallet, OUTGOING, wallet), (~by_wallet, NOTHING, np.full(len(row), NOTHING))):
        ledger.book(
            purses.account[row[part]], day[part], -np.maximum(cents[part], 100),
            operation=operation, purpose=HOUSEHOLD, counterparty=side[part],
        )  # fmt: skip


def _use_cash(purses: Purses, who: People, lives: Livelihood, ledger: Ledger) -> None:
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


def _transfer(plan: Plan, purses: Purses, lives: Livelihood, inclined: Propensities, ledger: Ledger) -> None:
    """To and from friends, one's own accounts elsewhere, and gifts before the Spring Festival."""
    chance, person = purses.chance, purses.person
    main = lives.is_main[person]
    scale = np.maximum(lives.income[person], 1_500)
    for rate, sign, part in ((0.30, 1, others.ACQUAINTANCES), (0.34, -1, others.ACQUAINTANCES)):
        row, day = purses.some_days(np.where(main, rate, rate * 0.8))
        cents = np.round(scale[row] * np.exp(1.0 * chance.standard_normal(len(row)) - 1.5) / 10) * 1_000
        side = others.elsewhere(plan, part, person[row] % 97 * 41 + chance.integers(0, 7, len(row)))
        operation = INCOMING if sign > 0 else OUTGOING
        ledger.book(purses.account[row], day, sign * np.maximum(cents, 1_000), operation=operation, counterparty=side)
    # What is left of the pay goes where it earns more, the less the more one likes this bank.
    moves = lives.is_paid_here[person] & (chance.random(len(person)) < 0.6)
    row, day = purses.some_days(np.where(moves, 0.5, 0.0))
    share = np.clip(0.55 + 0.1 * inclined.thrift[person[row]] - 0.12 * inclined.attachment[person[row]], 0.1, 0.9)
    cents = np.round(scale[row] * share / 100 * (0.6 + 0.8 * chance.random(len(row)))) * 10_000
    own = others.elsewhere(plan, others.ACQUAINTANCES, person[row] * 13 + 5)
    ledger.book(purses.account[row], day, -cents, operation=OUTGOING, counterparty=own)


def _use_second(plan: Plan, purses: Purses, lives: Livelihood, held: Contracts, ledger: Ledger) -> None:
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


def _repay(plan: Plan, purses: Purses, held: Contracts, loans: Lending, ledger: Ledger) -> None:
    """Instalments, until the loan ends or its borrower stops; what a consumer borrows arrives and is soon spent."""
    account = held.current_of[loans.borrower]
    first = month_of(np.array([plan.history.first]))[0]
    for month in range(len(plan.history.months)):
        number = first + month - month_of(loans.granted_on)
        day = due_on(loans.granted_on, number)
        due = (number >= 1) & (number <= loans.months) & (day <= plan.history.last)
        due &= (loans.stops_on == NEVER) | (day < loans.stops_on)
        ledger.book(
            account[due], day[due], -loans.instalment[due], purpose=LOAN_PAYMENT, rank=GOES, by_bank=True
        )  # fmt: skip
    paid_out = (loans.product != place(products.MORTGAGE)) & (loans.granted_on >= plan.history.first)
    lent = np.flatnonzero(paid_out)
    ledger.book(account[lent], loans.granted_on[lent], loans.cents[lent], by_bank=True)
    spent = np.round(loans.cents[lent] * (0.7 + 0.25 * purses.chance.random(len(lent))), -4)
    day = loans.granted_on[lent] + purses.chance.integers(1, 12, len(lent))
    side = others.elsewhere(plan, others.ACQUAINTANCES, loans.borrower[lent] * 29)
    ledger.book(account[lent], day, -spent, operation=OUTGOING, counterparty=side)


def _save(plan: Plan, held: Contracts, ledger: Ledger) -> None:
    """What lies on term deposits, pots and pension accounts came from the current account, and goes back there."""
    first = plan.history.first
    saved = held.of(*TERMS, CASH_POT, STEADY_POT, products.PENSION)
    current = held.current_of[held.owner[saved]]
    opened = held.opened_on[saved]
    ledger.book(current, np.maximum(opened, 0), -np.where(opened >= first, held.aim[saved], 0), by_bank=True)
    terms = held.of(*TERMS)
    months = np.array([kind.months for kind in TERMS])[held.product[terms] - place(TERMS[0])]
    interest = np.round(held.aim[terms] * rate_of(held.product[terms]) * months / 12).astype(np.int64)
    rolled = held.rolled_on[terms]
    has_rolled = rolled != NEVER
    ledger.book(terms[has_rolled], rolled[has_rolled], interest[has_rolled], purpose=INTEREST, by_bank=True)
    # Who withdraws at maturity gets the interest; who withdraws because they leave, next to nothing.
    matured = (held.closed_on[terms] != NEVER) & (held.closed_on[terms] == held.matures_on[terms])
    ledger.book(terms[matured], held.closed_on[terms][matured], interest[matured], purpose=INTEREST, by_bank=True)
    worth = held.aim[terms] + np.where(matured | has_rolled, interest, 0)
    gone = (held.closed_on[terms] != NEVER) & (held.closed_on[terms] >= first)
    back = held.closed_on[terms][gone]
    ledger.book(terms[gone], back, -worth[gone], by_bank=True)
    ledger.book(held.current_of[held.owner[terms[gone]]], back, worth[gone], by_bank=True, rank=OPENS)


def _orders(
    plan: Plan, chance: Chance, purses: Purses, rent: tuple[Ints, Ints, Ints], insured: tuple[Ints, Ints, Ints]
) -> Orders:
    """Of those who pay regularly, some have given an order."""
    parts: list[tuple[Ints, ...]] = []
    for (rows, cents, side), purpose in ((rent, HOUSEHOLD), (insured, INSURANCE)):
        ordered: Flags = chance.random(len(rows)) < ORDERED
        account = purses.account[rows[ordered]]
        parts.append((account, np.full(len(account), purpose, dtype=np.int64), cents[ordered], side[ordered]))
    return Orders(*map(np.concatenate, zip(*parts, strict=True)))
