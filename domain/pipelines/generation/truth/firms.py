"""Blocks of firms: their records, and a year of their money."""

from dataclasses import replace

import numpy as np

from domain.account.model import HolderRole
from domain.customer.model import ContactPointKind, CustomerKind, CustomerState, IdentityDocumentType
from domain.pipelines.generation.truth import account_records, identifiers, products
from domain.pipelines.generation.truth import counterparties as others
from domain.pipelines.generation.truth.around import around_firms
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.days import NEVER
from domain.pipelines.generation.truth.desks import Desks
from domain.pipelines.generation.truth.employers import Employers
from domain.pipelines.generation.truth.facts import (
    Cards,
    Contacts,
    Customers,
    Documents,
    Facts,
    Holders,
    Homes,
    Loans,
    Orders,
    Ties,
)
from domain.pipelines.generation.truth.firm_dealings import dealings
from domain.pipelines.generation.truth.ledger import Ledger, Lives
from domain.pipelines.generation.truth.opening import Contracts
from domain.pipelines.generation.truth.organisation import STREETS, Organisation
from domain.pipelines.generation.truth.people_records import customer_number, district, managers
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.products import place, rate_of
from domain.pipelines.generation.truth.purses import INCOMING, OUTGOING, SALARY, Purses
from domain.pipelines.generation.truth.randomness import Chance, Ints, stream
from domain.pipelines.generation.truth.undertakings import Ventures

YEARLY_PER_HEAD = 260_000
"""Turnover in CNY, about."""
MEAN_PAY = 8_500
THROUGH_US = 0.35
HAS_TERM = 0.3


def facts(plan: Plan, block: Block, bank: Organisation, firms: Employers, at_work: Desks) -> Facts:
    """Everything the bank knows of a block of firms."""
    chance = stream(plan.seed, "firms", block.number)
    mine = np.arange(block.first, block.first + block.count)
    outlet = firms.outlet[mine]
    held = _contracts(plan, chance, firms, mine)
    flows = held.product == place(products.FIRM_CURRENT)
    history = plan.history
    ledger = Ledger(
        Lives(
            held.opened_on, held.closed_on, np.full(len(held.owner), history.last),
            is_carried=flows & (held.opened_on < history.first), aim=held.aim, is_exact=~flows,
            rate=np.where(flows, rate_of(held.product), 0.0),
        ),
        history,
    )  # fmt: skip
    _trade(plan, chance, firms, mine, held, ledger)
    booked = ledger.close()
    used, at = others.numbered(booked.movements.counterparty)
    awake = np.zeros(block.count, dtype=np.bool_)
    count = len(held.owner)
    owner = np.full(count, code(HolderRole.OWNER), dtype=np.int64)
    none = np.zeros(0, dtype=np.int64)
    known = _customers(block, bank, at_work, firms, mine, held)
    papers, reached = _documents(block, bank, firms, mine), _contacts(chance, block, bank, outlet)
    accounts = account_records.accounts(plan, block, held, booked, outlet, awake)
    told = dealings(plan, block, firms, at_work, known)
    return Facts(
        customers=known,
        documents=papers,
        contacts=reached,
        accounts=accounts,
        holders=Holders(np.arange(count), held.owner + block.first, owner),
        balances=booked.balances,
        movements=replace(booked.movements, counterparty=at),
        counterparties=others.told(plan, used),
        loans=Loans(*[none] * 8),
        cards=Cards([], *[none] * 7),
        orders=Orders(*[none] * 4),
        ties=Ties(*[none] * 5),
        homes=Homes(*[none] * 5),
        dealings=told,
        ventures=Ventures.nothing(),
        around=around_firms(plan, block, bank, firms, known, papers, reached, accounts, booked.balances, told),
    )


def _contracts(plan: Plan, chance: Chance, firms: Employers, mine: Ints) -> Contracts:
    count, history = len(mine), plan.history
    joined, closed = firms.joined_on[mine], firms.closed_on[mine]
    some = np.flatnonzero((closed == NEVER) & (chance.random(count) < HAS_TERM))
    days = 365
    opened = np.maximum(history.last - chance.integers(1, days, len(some)), joined[some])
    amount = np.maximum(np.round(firms.size[mine][some] * 6_000 * chance.random(len(some)), -4), 10_000) * 100
    liquid = firms.size[mine] * 9_000 * np.exp(0.6 * chance.standard_normal(count)) * 100
    never = np.full(len(some), NEVER)
    return Contracts(
        owner=np.concatenate([np.arange(count), some]),
        product=np.repeat([place(products.FIRM_CURRENT), place(products.FIRM_TERM)], [count, len(some)]),
        opened_on=np.concatenate([joined, opened]),
        closed_on=np.concatenate([closed, never]),
        aim=np.concatenate([liquid.astype(np.int64), amount.astype(np.int64)]),
        matures_on=np.concatenate([np.full(count, NEVER), opened + days]),
        rolled_on=np.full(count + len(some), NEVER),
        current_of=np.arange(count),
    )


def _trade(plan: Plan, chance: Chance, firms: Employers, mine: Ints, held: Contracts, ledger: Ledger) -> None:
    """Customers pay, wages and suppliers are paid, taxes each quarter."""
    count, size = len(mine), firms.size[mine]
    purses = Purses(chance, np.arange(count), np.arange(count), plan.history.months)
    monthly = size * YEARLY_PER_HEAD / 12 * THROUGH_US * firms.salary[mine]
    often = np.clip(1.5 + size / 25, 1.5, 14)
    for scale, sign in ((1.0, 1), (0.42, -1)):
        rate = often if sign > 0 else often * 0.7
        row, day = purses.some_days(rate)
        cents = np.round(monthly[row] * scale / rate[row] * np.exp(0.7 * chance.standard_normal(len(row)) - 0.25)) * 100
        side = others.elsewhere(plan, others.ACQUAINTANCES, chance.integers(0, 1 << 20, len(row)))
        operation = INCOMING if sign > 0 else OUTGOING
        ledger.book(row, day, sign * np.maximum(cents, 10_000), operation=operation, counterparty=side)
    pays = np.flatnonzero(firms.pays_through_us[mine] > 0)
    row, day, _ = purses.each_month(pays, firms.pay_day[mine][pays])
    wages = size[row] * MEAN_PAY * firms.salary[mine][row] * THROUGH_US * (1 + 0.02 * chance.standard_normal(len(row)))
    ledger.book(row, day, -np.round(wages) * 100, purpose=SALARY)
    row, day, month = purses.each_month(np.arange(count), np.full(count, 15))
    due = month % 3 == 0
    taxes = np.round(monthly[row[due]] * 0.09 * np.exp(0.3 * chance.standard_normal(int(due.sum())))) * 100
    ledger.book(row[due], day[due], -taxes, operation=OUTGOING)
    terms = np.flatnonzero(held.product == place(products.FIRM_TERM))
    fresh = np.where(held.opened_on[terms] >= plan.history.first, held.aim[terms], 0)
    ledger.book(held.owner[terms], held.opened_on[terms], -fresh, by_bank=True)


def _customers(
    block: Block, bank: Organisation, at_work: Desks, firms: Employers, mine: Ints, held: Contracts
) -> Customers:
    count, outlet = len(mine), firms.outlet[mine]
    manager, _ = managers(bank, outlet, mine)
    joined, closed = held.opened_on[:count], held.closed_on[:count]
    state = np.where(closed == NEVER, code(CustomerState.ACTIVE), code(CustomerState.DEREGISTERED))
    nothing = np.full(count, NOTHING, dtype=np.int64)
    return Customers(
        first=block.first,
        kind=np.full(count, code(CustomerKind.ORGANISATION), dtype=np.int64),
        state=state,
        numbers=[customer_number(ordinal) for ordinal in mine.tolist()],
        names=[firms.names[place] for place in mine.tolist()],
        sex=nothing,
        born_on=nothing,
        registered_on=joined,
        joined_on=joined,
        outlet=outlet,
        manager=np.where(closed == NEVER, manager, NOTHING),
        # Who visits firms stands in for who looks after them.
        backup=np.where(closed == NEVER, at_work.field[outlet], NOTHING),
    )


def _documents(block: Block, bank: Organisation, firms: Employers, mine: Ints) -> Documents:
    divisions = [bank.outlets[at].place.code for at in firms.outlet[mine]]
    numbers = [
        identifiers.credit_code(division, (ordinal * 5_915_587 + 10_000_019) % 100_000_000)
        for division, ordinal in zip(divisions, mine.tolist(), strict=True)
    ]
    kind = np.full(len(mine), code(IdentityDocumentType.CREDIT_CODE), dtype=np.int64)
    return Documents(mine, kind, numbers, firms.founded[mine], np.full(len(mine), NOTHING, dtype=np.int64))


def _contacts(chance: Chance, block: Block, bank: Organisation, outlet: Ints) -> Contacts:
    count = len(outlet)
    parts = chance.integers(1, 1_000, (count, 2)).tolist()
    homes = [bank.outlets[at].place for at in outlet]
    ordinals = np.arange(block.first, block.first + count)
    streets = [f"{STREETS[one % len(STREETS)]}{one}号{other % 30 + 1}层" for one, other in parts]
    phones = [f"400{(ordinal * 4_637_011 + 1_000_003) % 10_000_000:07d}" for ordinal in ordinals.tolist()]
    nothing: list[str | None] = [None] * count
    kinds = [code(ContactPointKind.ADDRESS)] * count + [code(ContactPointKind.PHONE)] * count
    return Contacts(
        customer=np.concatenate([ordinals, ordinals]),
        kind=np.array(kinds, dtype=np.int64),
        is_primary=np.ones(2 * count, dtype=np.bool_),
        values=streets + phones,
        districts=[*map(district, homes), *nothing],
        regions=[*(place.province for place in homes), *nothing],
        countries=[*["CN"] * count, *nothing],
    )
