"""Tiers follow from the balances by their rules, one for each active customer, and each began when the other ended."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from domain.customer.model import CustomerKind, CustomerState
from domain.pipelines.generation.truth.alert_rules import RULES, TIER
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.days import a_date, number
from domain.pipelines.generation.truth.facts import Accounts, Balances, Customers, Facts
from domain.pipelines.generation.truth.keeping import CustomerTiers
from domain.pipelines.generation.truth.moments import day_of
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.randomness import Ints
from domain.pipelines.generation.truth.tiers import TIERS, customer_tiers
from domain.pipelines.generation.truth.world import World
from domain.tier.model import TierChange

ACTIVE, DEREGISTERED, PROSPECT = (
    code(state) for state in (CustomerState.ACTIVE, CustomerState.DEREGISTERED, CustomerState.PROSPECT)
)
PERSON, FIRM = code(CustomerKind.PERSON), code(CustomerKind.ORGANISATION)
FIRST, UPGRADE, DOWNGRADE = (change.name for change in TierChange)
ASKS = {"普卡": 0, "金卡": 50_000, "白金卡": 500_000, "钻石卡": 2_000_000, "私人银行": 6_000_000}
KEEPS = {"普卡": 0, "金卡": 3, "白金卡": 3, "钻石卡": 6, "私人银行": 6}
NAMES = list(ASKS)

Row = tuple[str, str, date, date | None]


def rows_of(made: CustomerTiers) -> dict[int, list[Row]]:
    """By customer: tier, change, first and last day."""
    changes = list(TierChange)
    told: dict[int, list[Row]] = {}
    columns = (made.customer, made.tier, made.change, made.starts_on, made.ends_on)
    for customer, tier, change, starts, ends in zip(*(column.tolist() for column in columns), strict=True):
        row = (NAMES[tier], changes[change].name, a_date(starts), None if ends == NOTHING else a_date(ends))
        told.setdefault(customer, []).append(row)
    return told


@pytest.fixture(params=["persons", "firms"])
def told(request: pytest.FixtureRequest, facts: Facts, firm_facts: Facts) -> Facts:
    return facts if request.param == "persons" else firm_facts


def test_each_active_customer_has_one_tier_today_and_nobody_else_ever_had_one(told: Facts, facts: Facts):
    known, made = told.customers, told.around.tiers
    active = known.first + np.flatnonzero(known.state == ACTIVE)
    assert made.customer[made.ends_on == NOTHING].tolist() == active.tolist()
    assert set(made.customer.tolist()) == set(active.tolist())
    # Firms of a small bank are all active.
    assert told is not facts or set(known.state.tolist()) == {ACTIVE, DEREGISTERED, PROSPECT}


def test_each_higher_tier_is_rarer(facts: Facts, firm_facts: Facts):
    made = facts.around.tiers, firm_facts.around.tiers
    of_persons, of_firms = (np.bincount(one.tier[one.ends_on == NOTHING], minlength=len(TIERS)) for one in made)
    for counts in (of_persons, of_persons + of_firms):
        assert (np.diff(counts) < 0).all()
        assert 0.5 < counts[0] / counts.sum() < 0.75
        assert 0 < counts[-1] / counts.sum() < 0.01
    # Private banking is for persons.
    assert of_firms[-1] == 0


def test_tiers_follow_each_other_without_a_gap(told: Facts, world: World):
    last = a_date(world.plan.history.last)
    for rows in rows_of(told.around.tiers).values():
        assert [change == FIRST for _, change, _, _ in rows] == [True, *[False] * (len(rows) - 1)]
        assert rows[0][0] == "普卡"
        for (before, _, began, ended), (after, change, begins, _) in pairwise(rows):
            assert ended == begins
            assert began < begins <= last
            assert change == (UPGRADE if ASKS[after] > ASKS[before] else DOWNGRADE)
            assert before != after
            # All but the first begin at the end of a month.
            assert (begins + timedelta(1)).day == 1
        assert rows[-1][3] is None


def test_nobody_has_a_tier_before_they_came(told: Facts):
    known, made = told.customers, told.around.tiers
    joined = known.joined_on[made.customer - known.first]
    assert (made.starts_on >= joined).all()
    firsts = made.change == code(TierChange.FIRST)
    assert (made.starts_on[firsts] == np.maximum(joined[firsts], number(date(2012, 1, 1)))).all()


def months_of(plan: Plan) -> Iterator[tuple[date, date]]:
    """First and last days of the twelve months up to the business date."""
    day = a_date(plan.history.first)
    while day <= plan.as_of:
        after = (day + timedelta(31)).replace(day=1)
        yield day, after - timedelta(1)
        day = after


def assets_by_day(told: Facts, plan: Plan) -> dict[int, list[int]]:
    """Cents of each customer's accounts in CNY at the close of each day of the history, one after the other."""
    first, count = plan.history.first, plan.history.last - plan.history.first + 1
    closed: dict[int, dict[int, int]] = {}
    for account, day, cents in zip(
        told.balances.account.tolist(), told.balances.day.tolist(), told.balances.cents.tolist(), strict=True
    ):
        closed.setdefault(account, {})[day] = cents
    sums: dict[int, list[int]] = {}
    for account, balances in closed.items():
        if told.accounts.is_dollar[account]:
            continue
        days = sums.setdefault(int(told.accounts.owner[account]), [0] * count)
        before = [day for day in balances if day < first]
        cents = balances[max(before)] if before else 0
        for place in range(count):
            cents = balances.get(first + place, cents)
            days[place] += cents
    return sums


def test_what_happened_in_the_history_is_what_the_rules_make_of_the_balances(told: Facts, world: World):
    plan, known = world.plan, told.customers
    first = a_date(plan.history.first)
    months = list(months_of(plan))
    assert len(months) == 12
    assets, given = assets_by_day(told, plan), rows_of(told.around.tiers)
    changes = 0
    for row in np.flatnonzero(known.state == ACTIVE).tolist():
        days = assets.get(known.first + row, [0] * 365)
        joined, is_firm = a_date(int(known.joined_on[row])), known.kind[row] == FIRM
        may = NAMES[:-1] if is_firm else NAMES
        has, short, expected = "普卡", 0, []
        for place, (begin, end) in enumerate(months):
            of_month = days[(begin - first).days : (end - first).days + 1]
            enough = [name for name in may if sum(of_month) >= 100 * ASKS[name] * len(of_month)][-1]
            if place == 0 and joined < first - timedelta(1):
                has = enough
            if joined >= end:
                continue
            short = short + 1 if ASKS[enough] < ASKS[has] else 0
            if ASKS[enough] > ASKS[has] or short > KEEPS[has]:
                expected.append((enough, UPGRADE if ASKS[enough] > ASKS[has] else DOWNGRADE, end))
                has, short = enough, 0
        mine = given[known.first + row]
        assert [
            (tier, change, since) for tier, change, since, _ in mine if since >= first and change != FIRST
        ] == expected
        assert mine[-1][0] == has
        changes += len(expected)
    assert changes > len(known.state) / 20


def customers(*rows: tuple[int, int, date]) -> Customers:
    """Kind, state and first day of each."""
    count, nothing = len(rows), np.full(len(rows), NOTHING)
    kinds, states = (np.array([row[place] for row in rows]) for place in (0, 1))
    joined = np.array([number(row[2]) for row in rows])
    names: list[str | None] = [None] * count
    return Customers(
        100, kinds, states, [""] * count, names, nothing, nothing, nothing, joined, nothing, nothing, nothing
    )  # fmt: skip


def accounts(owners: Ints, is_dollar: list[bool]) -> Accounts:
    nothing = np.full(len(owners), NOTHING)
    return Accounts(
        [""] * len(owners), owners, nothing, nothing, nothing, nothing, np.array(is_dollar), nothing, nothing, nothing,
        nothing,
    )  # fmt: skip


def test_known_balances_lead_to_known_tiers(make_plan: Callable[..., Plan]):
    old = date(2025, 10, 20)
    lives: list[tuple[tuple[int, int, date], bool, list[tuple[date, float]], list[Row]]] = [
        # A cent too little each day, since before there were tiers.
        ((PERSON, ACTIVE, date(2009, 5, 4)), False, [(old, 49_999.99)], [("普卡", FIRST, date(2012, 1, 1), None)]),
        # Below from January on: kept for three months, lost at the end of the fourth.
        (
            (PERSON, ACTIVE, date(2025, 10, 1)), False, [(old, 60_000), (date(2026, 1, 15), 10_000)],
            [
                ("普卡", FIRST, date(2025, 10, 1), date(2025, 10, 31)),
                ("金卡", UPGRADE, date(2025, 10, 31), date(2026, 4, 30)),
                ("普卡", DOWNGRADE, date(2026, 4, 30), None),
            ],
        ),
        # Nine days of a million in February are a mean of 321,428.57; March is a million.
        (
            (PERSON, ACTIVE, date(2026, 2, 10)), False, [(date(2026, 2, 20), 1_000_000)],
            [
                ("普卡", FIRST, date(2026, 2, 10), date(2026, 2, 28)),
                ("金卡", UPGRADE, date(2026, 2, 28), date(2026, 3, 31)),
                ("白金卡", UPGRADE, date(2026, 3, 31), None),
            ],
        ),
        # Below for three months, then not: nothing is lost.
        (
            (PERSON, ACTIVE, date(2025, 10, 1)), False,
            [(old, 60_000), (date(2026, 1, 1), 10_000), (date(2026, 4, 1), 60_000), (date(2026, 8, 1), 0)],
            [
                ("普卡", FIRST, date(2025, 10, 1), date(2025, 10, 31)),
                ("金卡", UPGRADE, date(2025, 10, 31), None),
            ],
        ),
        # Dollars do not count.
        ((PERSON, ACTIVE, date(2025, 10, 1)), True, [(old, 900_000)], [("普卡", FIRST, date(2025, 10, 1), None)]),
        # Exactly enough is enough, and a firm rises no higher than this.
        (
            (FIRM, ACTIVE, date(2025, 10, 1)), False, [(old, 2_000_000), (date(2026, 5, 1), 9_000_000)],
            [
                ("普卡", FIRST, date(2025, 10, 1), date(2025, 10, 31)),
                ("钻石卡", UPGRADE, date(2025, 10, 31), None),
            ],
        ),
        # Who comes on the last day of a month is measured at the end of the next one.
        (
            (PERSON, ACTIVE, date(2026, 5, 31)), False, [(date(2026, 5, 31), 200_000_000)],
            [
                ("普卡", FIRST, date(2026, 5, 31), date(2026, 6, 30)),
                ("私人银行", UPGRADE, date(2026, 6, 30), None),
            ],
        ),
        ((PERSON, DEREGISTERED, date(2025, 10, 1)), False, [(old, 60_000)], []),
        ((PERSON, PROSPECT, date(2025, 10, 1)), False, [], []),
    ]  # fmt: skip
    told = [
        (account, number(day), round(100 * yuan))
        for account, (_, _, balances, _) in enumerate(lives)
        for day, yuan in balances
    ]
    made = customer_tiers(
        make_plan(), Block(3, False, 100, len(lives)), customers(*(life for life, _, _, _ in lives)),
        accounts(100 + np.arange(len(lives)), [dollar for _, dollar, _, _ in lives]),
        Balances(*(np.array(column) for column in zip(*told, strict=True))),
    )  # fmt: skip
    assert rows_of(made) == {100 + place: rows for place, (_, _, _, rows) in enumerate(lives) if rows}
    of_one = [text for customer, text in zip(made.customer.tolist(), made.reason, strict=True) if customer == 101]
    assert of_one == [
        "开户即为普卡。",
        "月日均资产达到金卡标准 50,000 元。",
        "连续4个月月日均资产低于金卡标准 50,000 元，4月为 10,000 元。",
    ]
    of_other = [text for customer, text in zip(made.customer.tolist(), made.reason, strict=True) if customer == 102]
    assert of_other[1] == "2026年2月月日均资产 321,428 元，达到金卡标准 50,000 元。"


def test_a_month_that_has_not_ended_does_not_count(make_plan: Callable[..., Plan], facts: Facts):
    plan = make_plan(as_of=date(2026, 10, 30))
    block = Block(1, False, facts.customers.first, len(facts.customers.state))
    made = customer_tiers(plan, block, facts.customers, facts.accounts, facts.balances)
    ends = {a_date(day) for day in made.starts_on[made.change != code(TierChange.FIRST)].tolist()}
    assert max(ends) == date(2026, 9, 30)
    whole = replace(plan, as_of=date(2026, 10, 31))
    made = customer_tiers(whole, block, facts.customers, facts.accounts, facts.balances)
    assert date(2026, 10, 31) in {a_date(day) for day in made.starts_on.tolist()}


def test_managers_are_alerted_to_changes_of_high_tiers(facts: Facts, world: World):
    made, alerts = facts.around.tiers, facts.around.alerts
    expected: set[tuple[int, int]] = set()
    for customer, rows in rows_of(made).items():
        manager = facts.customers.manager[customer - facts.customers.first]
        for (before, *_), (after, _, since, _) in pairwise(rows):
            is_high = max(ASKS[before], ASKS[after]) >= ASKS["白金卡"]
            if is_high and number(since) > world.plan.history.last - 60 and manager != NOTHING:
                expected.add((customer, number(since)))
    mine = np.flatnonzero(alerts.alert_rule == RULES.index(TIER))
    found = list(zip(alerts.customer[mine].tolist(), day_of(alerts.raised_at[mine]).tolist(), strict=True))
    assert sorted(found) == sorted(expected)
    assert 0 < len(mine) < len(alerts.kind) / 10
    assert (alerts.staff[mine] == facts.customers.manager[alerts.customer[mine] - facts.customers.first]).all()
    assert all(("升为" in title) != ("降为" in title) for title in (alerts.title[row] for row in mine.tolist()))
