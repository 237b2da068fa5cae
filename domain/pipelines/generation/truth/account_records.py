"""The records that the bank keeps of accounts, loans and cards."""

import numpy as np

from domain.account.model import AccountState, StatementFrequency
from domain.card.model import CardGrade, CardState
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.counterparties import ROOM_FOR_ACCOUNTS, account_number
from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.facts import Accounts, Cards, Loans
from domain.pipelines.generation.truth.families import OF_AGE, People
from domain.pipelines.generation.truth.identifiers import with_luhn
from domain.pipelines.generation.truth.ledger import Booked
from domain.pipelines.generation.truth.lending import Lending
from domain.pipelines.generation.truth.life import Life
from domain.pipelines.generation.truth.livelihood import Livelihood
from domain.pipelines.generation.truth.opening import Contracts
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.products import place
from domain.pipelines.generation.truth.randomness import Flags, Ints, stream

FROZEN_SLEEPERS, FROZEN_OTHERS = 0.05, 0.0008
GOLD_FROM = 300_000
HAS_CARD, PARTNER_HAS_CARD, BLOCKED, EXPIRED = 0.9, 0.5, 0.012, 0.03
CARD_LASTS_DAYS = 3_650
STATEMENTS = (0.35, 0.02, 0.05)
"""Monthly, weekly, after each transaction; the others ask for none."""


def accounts(plan: Plan, block: Block, held: Contracts, booked: Booked, outlet_of: Ints, sleeps: Flags) -> Accounts:
    """The account records of a block; `outlet_of` and `sleeps` (customers,) of their owners."""
    chance, count = stream(plan.seed, "accounts", block.number), len(held.owner)
    frozen = chance.random(count) < np.where(sleeps[held.owner], FROZEN_SLEEPERS, FROZEN_OTHERS)
    state = np.where(frozen, code(AccountState.FROZEN), code(AccountState.OPEN))
    state = np.where(held.closed_on == NEVER, state, code(AccountState.CLOSED))
    frequency = np.full(count, NOTHING, dtype=np.int64)
    # Drawn apart, so that one more account moves no other's.
    draws, reached = stream(plan.seed, "statements", block.number).random(count), 0.0
    for share, word in zip(STATEMENTS, StatementFrequency, strict=True):
        frequency = np.where((draws >= reached) & (draws < reached + share), code(word), frequency)
        reached += share
    flows = np.isin(held.product, [place(kind) for kind in (products.CURRENT, products.DOLLAR, products.FIRM_CURRENT)])
    return Accounts(
        numbers=[account_number(block.number, number) for number in range(count)],
        owner=held.owner + block.first,
        product=held.product,
        outlet=outlet_of[held.owner],
        state=state,
        statement=np.where(flows, frequency, NOTHING),
        is_dollar=held.product == place(products.DOLLAR),
        balance=booked.balance,
        balance_on=booked.balance_on,
        opened_on=held.opened_on,
        closed_on=held.closed_on,
    )


def loans(lent: Lending, held: Contracts, outlet_of: Ints) -> Loans:
    """The loan records of a block."""
    return Loans(
        account=held.current_of[lent.borrower],
        product=lent.product,
        outlet=outlet_of[lent.borrower],
        state=lent.state,
        granted_on=lent.granted_on,
        months=lent.months,
        cents=lent.cents,
        instalment=lent.instalment,
    )


def cards(
    plan: Plan, block: Block, who: People, lives: Livelihood, bonds: Life, held: Contracts, shares: Flags
) -> Cards:
    """Debit cards of current accounts, for their owners and some of the partners who may use them."""
    chance, as_of = stream(plan.seed, "cards", block.number), plan.history.last
    account = held.of(products.CURRENT)
    account = account[chance.random(len(account)) < HAS_CARD]
    users = np.flatnonzero(shares)
    theirs = held.current_of[who.partner[users]]
    joint = (chance.random(len(users)) < PARTNER_HAS_CARD) & (held.product[theirs] == place(products.CURRENT))
    customer = np.concatenate([held.owner[account], users[joint]])
    account = np.concatenate([account, theirs[joint]])
    count = len(account)
    opened = np.maximum(held.opened_on[account], bonds.joined_on[customer])
    # Cards are renewed now and then, so some are younger than their account.
    renewed = chance.random(count) < 0.4
    later = opened + np.floor(chance.random(count) * (as_of - opened + 1)).astype(np.int64)
    closed = held.closed_on[account] != NEVER
    issued = np.where(renewed & ~closed, later, opened)
    grade = np.where(lives.wealth[customer] >= GOLD_FROM, code(CardGrade.GOLD), code(CardGrade.CLASSIC))
    grade = np.where(who.age[customer] < OF_AGE, code(CardGrade.JUNIOR), grade)
    draws = chance.random(count)
    lapsed = closed | (issued < as_of - CARD_LASTS_DAYS) | (draws > 1 - EXPIRED)
    state = np.where(draws < BLOCKED, code(CardState.BLOCKED), code(CardState.ACTIVE))
    state = np.where(lapsed, code(CardState.EXPIRED), state)
    by_grade = {CardGrade.JUNIOR: products.JUNIOR, CardGrade.CLASSIC: products.DEBIT, CardGrade.GOLD: products.GOLD}
    catalogue = np.array([place(by_grade[one]) for one in CardGrade])
    first = block.number * ROOM_FOR_ACCOUNTS
    return Cards(
        numbers=[with_luhn(f"622999{first + number + 1:012d}") for number in range(count)],
        customer=customer + block.first,
        account=account,
        product=catalogue[grade],
        outlet=who.outlet[customer],
        grade=grade,
        state=state,
        issued_on=issued,
    )
