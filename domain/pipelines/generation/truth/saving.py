"""Between one's own accounts: deposits that begin, mature, roll over or end; and loans, paid out and paid back."""

import numpy as np

from domain.pipelines.generation.truth import counterparties as others
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.days import NEVER, month_of
from domain.pipelines.generation.truth.ledger import GOES, OPENS, Ledger
from domain.pipelines.generation.truth.lending import Lending, due_on
from domain.pipelines.generation.truth.opening import Contracts
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.products import (
    CASH_POT,
    PRICED,
    SAVINGS_BONDS,
    STEADY_POT,
    TERMS,
    place,
    rate_of,
)
from domain.pipelines.generation.truth.purses import INTEREST, LOAN_PAYMENT, OUTGOING, Purses


def repay(plan: Plan, purses: Purses, held: Contracts, loans: Lending, ledger: Ledger) -> None:
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


def save(plan: Plan, held: Contracts, ledger: Ledger) -> None:
    """What is saved, in deposits, pots, funds and others, came from the current account, and goes back there."""
    first = plan.history.first
    saved = held.of(*TERMS, CASH_POT, STEADY_POT, products.PENSION, *PRICED, products.ANNUITY, *SAVINGS_BONDS)
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
