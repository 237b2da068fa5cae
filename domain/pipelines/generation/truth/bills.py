"""What goes out regularly: rent, insurance, power and water, fees; and the standing orders that some gave for it."""

import numpy as np

from domain.pipelines.generation.truth import counterparties as others
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.facts import Orders
from domain.pipelines.generation.truth.families import People
from domain.pipelines.generation.truth.ledger import Ledger
from domain.pipelines.generation.truth.lending import Lending
from domain.pipelines.generation.truth.life import Life
from domain.pipelines.generation.truth.livelihood import Livelihood, Occupation
from domain.pipelines.generation.truth.opening import Contracts
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.products import place
from domain.pipelines.generation.truth.purses import FEE, HOUSEHOLD, INSURANCE, OUTGOING, Purses
from domain.pipelines.generation.truth.randomness import Ints

Regular = tuple[Ints, Ints, Ints]
"""Who pays, as rows of purses; cents a month; to whom."""

FEE_DAY, FEE_CENTS = 28, 600
RENT_SHARE, SENDS_FEE = 0.27, 0.22
ORDERED = 0.6
"""Of regular payments, how many go by standing order."""


def rent(plan: Plan, purses: Purses, who: People, lives: Livelihood, loans: Lending, ledger: Ledger) -> Regular:
    """Book the rents of tenants."""
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


def insure(plan: Plan, purses: Purses, lives: Livelihood, held: Contracts, ledger: Ledger) -> Regular:
    """Book the premiums of the insured, from the day of their policy on."""
    chance, person = purses.chance, purses.person
    policy = held.of(products.MEDICAL)
    insured_on = np.full(len(held.current_of), NEVER, dtype=np.int64)
    insured_on[held.owner[policy]] = held.opened_on[policy]
    rows = np.flatnonzero(insured_on[person] != NEVER)
    cents = np.round(120 + 0.05 * lives.income[person[rows]] * chance.random(len(rows))).astype(np.int64) * 100
    insurer = others.elsewhere(plan, others.INSURERS, chance.integers(0, 1 << 20, len(rows)))
    at = np.zeros(len(person), dtype=np.int64)
    at[rows] = np.arange(len(rows))
    row, day, _ = purses.each_month(rows, chance.integers(10, 25, len(rows)))
    begun = day >= insured_on[person[row]]
    row, day = row[begun], day[begun]
    ledger.book(
        purses.account[row], day, -cents[at[row]],
        operation=OUTGOING, purpose=INSURANCE, counterparty=insurer[at[row]],
    )  # fmt: skip
    return rows, cents, insurer


def pay_bills(plan: Plan, purses: Purses, lives: Livelihood, ledger: Ledger) -> None:
    """Book power and water each month, and a fee each quarter for who is sent statements."""
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


def orders(purses: Purses, bonds: Life, rented: Regular, insured: Regular) -> Orders:
    """Of those who pay regularly and will go on, some have given an order."""
    parts: list[tuple[Ints, ...]] = []
    for (rows, cents, side), purpose in ((rented, HOUSEHOLD), (insured, INSURANCE)):
        ordered = (purses.chance.random(len(rows)) < ORDERED) & bonds.stays[purses.person[rows]]
        account = purses.account[rows[ordered]]
        parts.append((account, np.full(len(account), purpose, dtype=np.int64), cents[ordered], side[ordered]))
    return Orders(*map(np.concatenate, zip(*parts, strict=True)))
