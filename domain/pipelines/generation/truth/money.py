"""A year of a block's money: who does what, in turn."""

import numpy as np

from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.bills import insure, orders, pay_bills, rent
from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.earning import earn
from domain.pipelines.generation.truth.employers import Employers
from domain.pipelines.generation.truth.facts import Orders
from domain.pipelines.generation.truth.families import People
from domain.pipelines.generation.truth.investing import settle
from domain.pipelines.generation.truth.ledger import Ledger, Lives
from domain.pipelines.generation.truth.lending import Lending
from domain.pipelines.generation.truth.life import Life
from domain.pipelines.generation.truth.livelihood import Livelihood
from domain.pipelines.generation.truth.opening import Contracts
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.products import CASH_POT, STEADY_POT, place, rate_of
from domain.pipelines.generation.truth.propensities import Propensities
from domain.pipelines.generation.truth.purses import Purses
from domain.pipelines.generation.truth.randomness import stream
from domain.pipelines.generation.truth.saving import repay, save
from domain.pipelines.generation.truth.securities import redeem
from domain.pipelines.generation.truth.spending import spend, transfer, use_cash, use_second

FLOWING = (products.CURRENT, products.PASSBOOK, products.SECOND, products.DOLLAR)
"""Accounts that money flows through."""


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


def live(
    plan: Plan, block: Block, firms: Employers, who: People, lives: Livelihood, bonds: Life, inclined: Propensities,
    held: Contracts, loans: Lending, ledger: Ledger,
) -> Orders:  # fmt: skip
    """Book a year of the block's persons; their standing orders."""
    chance = stream(plan.seed, "money", block.number)
    person = np.flatnonzero(held.current_of != NEVER)
    purses = Purses(chance, person, held.current_of[person], plan.history.months)
    earn(plan, purses, firms, lives, ledger)
    rented = rent(plan, purses, who, lives, loans, ledger)
    insured = insure(plan, purses, lives, held, ledger)
    pay_bills(plan, purses, lives, ledger)
    spend(plan, purses, who, lives, inclined, bonds, ledger)
    use_cash(purses, who, lives, ledger)
    transfer(plan, purses, lives, inclined, ledger)
    use_second(plan, purses, held, ledger)
    repay(plan, purses, held, loans, ledger)
    save(plan, held, ledger)
    settle(plan, held, ledger)
    redeem(plan, held, ledger)
    return orders(purses, bonds, rented, insured)
