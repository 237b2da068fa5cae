"""Funds and shares are worth what their market made of them, savings bonds what they cost; policies cost premiums."""

from datetime import date

import numpy as np

from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.codes import NOTHING
from domain.pipelines.generation.truth.days import NEVER, a_date, number
from domain.pipelines.generation.truth.facts import Facts
from domain.pipelines.generation.truth.investing import markets
from domain.pipelines.generation.truth.products import CUSTODY, FUNDS, PRICED, SAVINGS_BONDS, place, rate_of
from domain.pipelines.generation.truth.purses import INSURANCE, INTEREST
from domain.pipelines.generation.truth.securities import ISSUED_IN
from domain.pipelines.generation.truth.world import Hidden, World

PRICED_PLACES = [place(one) for one in PRICED]


def test_what_has_a_price_is_valued_at_the_end_of_each_month_and_on_the_business_date(world: World, facts: Facts):
    accounts, balances, history = facts.accounts, facts.balances, world.plan.history
    funds = np.flatnonzero(np.isin(accounts.product, PRICED_PLACES) & (accounts.closed_on == NOTHING))
    assert len(funds) > 100
    assert set(accounts.product[funds].tolist()) == set(PRICED_PLACES)
    assert (accounts.balance_on[funds] == history.last).all()
    old = funds[accounts.opened_on[funds] < history.first]
    ends = [number(date(2026, 9, 30)), number(date(2026, 10, 31)), number(date(2025, 11, 30))]
    for fund in [*old[:20].tolist(), *old[-20:].tolist()]:
        days = balances.day[balances.account == fund]
        assert set(ends) <= set(days.tolist())
    # Some have won and some have lost, none everything.
    bookings = (facts.movements.account.tolist(), facts.movements.cents.tolist())
    bought = dict(zip(*bookings, strict=True))
    gains = np.array([accounts.balance[fund] / bought[fund] for fund in funds.tolist()])
    assert gains.min() > 0.3
    assert 0.05 < (gains < 1).mean() < 0.95


def test_what_was_bought_within_the_history_came_from_the_current_account(world: World, hidden: Hidden, facts: Facts):
    held, moved = hidden.contracts, facts.movements
    new = held.of(*PRICED, *SAVINGS_BONDS, products.ANNUITY)
    new = new[(held.opened_on[new] >= world.plan.history.first) & (held.closed_on[new] == NEVER)]
    assert len(new) > 20
    paid = set(zip(moved.account.tolist(), moved.day.tolist(), moved.cents.tolist(), strict=True))
    for account in new.tolist():
        day, cents = int(held.opened_on[account]), int(held.aim[account])
        assert (account, day, cents) in paid
        assert (int(held.current_of[held.owner[account]]), day, -cents) in paid


def test_what_was_sold_or_has_matured_leaves_nothing_behind(facts: Facts):
    accounts = facts.accounts
    ends = [*PRICED_PLACES, *(place(one) for one in SAVINGS_BONDS)]
    sold = np.flatnonzero(np.isin(accounts.product, ends) & (accounts.closed_on != NOTHING))
    told = accounts.balance_on[sold] == accounts.closed_on[sold]
    assert (accounts.balance[sold[told]] == 0).all()


def test_the_insured_pay_premiums_from_the_day_of_their_policy_on(hidden: Hidden, facts: Facts):
    held, moved = hidden.contracts, facts.movements
    policies = held.of(products.MEDICAL)
    assert len(policies) > 50
    assert (facts.accounts.balance_on[policies] == NOTHING).all()
    begun = {
        int(held.current_of[owner]): int(day)
        for owner, day in zip(held.owner[policies], held.opened_on[policies], strict=True)
    }
    premiums = np.flatnonzero(moved.purpose == INSURANCE)
    assert len(premiums) > 200
    for row in premiums.tolist():
        assert moved.day[row] >= begun[int(moved.account[row])]


def test_savings_bonds_are_bought_when_issued_and_worth_what_they_cost_until_they_mature(
    world: World, hidden: Hidden, facts: Facts
):
    held, accounts, history = hidden.contracts, facts.accounts, world.plan.history
    bonds = held.of(*SAVINGS_BONDS)
    assert len(bonds) > 50
    assert {a_date(day).month - 1 for day in held.opened_on[bonds].tolist()} <= set(ISSUED_IN)
    still = held.closed_on[bonds] == NEVER
    assert 0.4 < still.mean() < 1
    assert (accounts.balance[bonds[still]] == held.aim[bonds[still]]).all()
    assert (held.matures_on[bonds[still]] >= history.last).all()
    moved = facts.movements
    paid = set(
        zip(moved.account.tolist(), moved.day.tolist(), moved.cents.tolist(), moved.purpose.tolist(), strict=True)
    )
    # The principal, and the interest of each year on its day.
    ended = bonds[(held.closed_on[bonds] == held.matures_on[bonds]) & ~still]
    assert len(ended) > 5
    for bond in ended.tolist():
        current, day, cents = int(held.current_of[held.owner[bond]]), int(held.closed_on[bond]), int(held.aim[bond])
        interest = round(cents * float(rate_of(held.product[bond])))
        assert {(bond, day, -cents, NOTHING), (current, day, cents, NOTHING)} <= paid
        assert (current, day, interest, INTEREST) in paid


def test_the_older_and_thrifty_hold_savings_bonds_and_who_likes_risk_holds_shares(hidden: Hidden):
    held, people, inclined = hidden.contracts, hidden.people, hidden.propensities
    saves, risks = (np.isin(np.arange(len(people)), held.owner[held.of(*some)]) for some in (SAVINGS_BONDS, [CUSTODY]))
    assert people.age[saves].mean() > people.age[~saves].mean() + 8
    assert inclined.thrift[saves].mean() > inclined.thrift[~saves].mean() + 0.3
    assert inclined.risk_appetite[risks].mean() > inclined.risk_appetite[~risks].mean() + 0.3
    assert 0.01 < saves.mean() < 0.05
    assert 0.01 < risks.mean() < 0.08


def test_who_likes_risk_holds_funds(hidden: Hidden):
    holds = np.zeros(len(hidden.people), dtype=np.bool_)
    holds[hidden.contracts.owner[hidden.contracts.of(*FUNDS)]] = True
    likes = hidden.propensities.risk_appetite
    assert likes[holds].mean() > likes[~holds].mean() + 0.3
    assert 0.03 < holds.mean() < 0.25


def test_markets_are_those_of_the_seed_and_swing_as_the_catalogue_says():
    one = markets(1)
    assert (one == markets(1)).all()
    assert (one != markets(2)).any()
    swings = np.diff(one, axis=1).std(axis=1) * np.sqrt(12)
    for fund, swing in zip(PRICED, swings, strict=True):
        assert 0.7 < swing / fund.swing < 1.3
