"""Tiers: what they ask for and give, who has which, and how they came to it.

At the end of each month everybody is measured by the mean of its days. Who has enough rises that day; who has had too
little for longer than their tier is kept falls to what they have enough for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from domain.customer.model import CustomerKind, CustomerState
from domain.pipelines.generation.truth.averages import ends_of, month_averages, whole_months
from domain.pipelines.generation.truth.codes import NOTHING, code
from domain.pipelines.generation.truth.columns import in_order, together
from domain.pipelines.generation.truth.days import a_date, month_of, number
from domain.pipelines.generation.truth.facts import Accounts, Balances, Customers
from domain.pipelines.generation.truth.keeping import CustomerTiers
from domain.pipelines.generation.truth.plan import Block, Plan
from domain.pipelines.generation.truth.randomness import Ints, stream
from domain.tier.model import TierChange

FIRST, UPGRADE, DOWNGRADE = map(code, TierChange)
BEGAN = date(2012, 1, 1)
"""When the bank began to have tiers."""


@dataclass(frozen=True, slots=True)
class Tier:
    """`threshold` in CNY, for the mean of a month's days; who falls below keeps the tier for `grace_months`."""

    name: str
    benefits: str
    threshold: int
    grace_months: int


TIERS = (
    Tier("普卡", "柜面、手机银行与自助设备服务；借记卡免年费。", 0, 0),
    Tier("金卡", "网点优先叫号；免小额账户管理费；金卡客户专享存款与理财。", 50_000, 3),
    Tier("白金卡", "专属客户经理；贵宾理财室；机场、高铁贵宾厅每年六次；每年一次健康体检。", 500_000, 3),
    Tier("钻石卡", "财富顾问配置资产；机场、高铁贵宾厅不限次；三甲医院预约挂号；子女教育咨询。", 2_000_000, 6),
    Tier("私人银行", "限个人客户：私人银行家团队；全权委托与家族信托；税务、法律顾问；专属活动。", 6_000_000, 6),
)
"""From the lowest up; the lowest asks for nothing."""
HIGHEST, HIGHEST_OF_FIRMS = 4, 3


@dataclass(frozen=True, slots=True)
class Measured:
    """Customers who have tiers, arrays (customers,) or (customers, months of the history that have ended).

    begun     first day of their first tier
    first     month at whose end they are measured first
    averages  cents
    earned    what each month's average is enough for
    """

    customer: Ints
    joined_on: Ints
    begun: Ints
    first: Ints
    averages: Ints
    earned: Ints


def customer_tiers(plan: Plan, block: Block, known: Customers, held: Accounts, told: Balances) -> CustomerTiers:
    """Of a block's active customers, in order of customers and days; the last of each has not ended."""
    measured = _measured(plan, known, held, told)
    parts = [_firsts(measured), _risen_before(plan, block, measured), *_changes(plan, measured)]
    made = together(CustomerTiers, parts)
    made = in_order(made, np.lexsort((made.starts_on, made.customer)))
    goes_on = made.customer[1:] == made.customer[:-1]
    made.ends_on[:-1] = np.where(goes_on, made.starts_on[1:], NOTHING)
    return made


def _measured(plan: Plan, known: Customers, held: Accounts, told: Balances) -> Measured:
    rows = np.flatnonzero(known.state == code(CustomerState.ACTIVE))
    averages = month_averages(plan, known, held, told)[rows]
    earned = np.searchsorted([100 * one.threshold for one in TIERS], averages, side="right") - 1
    is_person = known.kind[rows] == code(CustomerKind.PERSON)
    earned = np.minimum(earned, np.where(is_person, HIGHEST, HIGHEST_OF_FIRMS)[:, None])
    begun = np.maximum(known.joined_on[rows], number(BEGAN))
    return Measured(rows + known.first, known.joined_on[rows], begun, month_of(begun + 1), averages, earned)


def _found(customer: Ints, tier: Ints, change: int, starts_on: Ints, reason: list[str | None]) -> CustomerTiers:
    count = len(customer)
    return CustomerTiers(customer, tier, np.full(count, change), starts_on, np.full(count, NOTHING), reason)


def _firsts(measured: Measured) -> CustomerTiers:
    """Everybody begins with the lowest."""
    reasons: list[str | None] = [
        f"开户即为{TIERS[0].name}。" if day >= number(BEGAN) else "客户等级办法施行，首次评定。"
        for day in measured.joined_on.tolist()
    ]
    return _found(measured.customer, np.zeros(len(measured.customer), dtype=np.int64), FIRST, measured.begun, reasons)


def _risen_before(plan: Plan, block: Block, measured: Measured) -> CustomerTiers:
    """Who has more than the lowest when the history begins rose to it at the end of some month before."""
    chance, tier = stream(plan.seed, "tiers", block.number), measured.earned[:, 0]
    open_months = plan.history.months[0] - measured.first
    month = measured.first + np.floor(chance.random(len(tier)) * open_months).astype(np.int64)
    row = np.flatnonzero((open_months > 0) & (tier > 0))
    reasons: list[str | None] = [f"月日均资产达到{_asked(one)}。" for one in tier[row].tolist()]
    return _found(measured.customer[row], tier[row], UPGRADE, ends_of(month[row]), reasons)


def _changes(plan: Plan, measured: Measured) -> Iterator[CustomerTiers]:
    """Who rises and who falls at the end of each month of the history."""
    grace = np.array([one.grace_months for one in TIERS])
    months = whole_months(plan)
    has = np.where(measured.first < months[0], measured.earned[:, 0], 0)
    below = np.zeros(len(has), dtype=np.int64)
    for place, month in enumerate(months.tolist()):
        earned = measured.earned[:, place]
        below = np.where(earned < has, below + 1, 0)
        rises = (earned > has) & (measured.first <= month)
        falls = below > grace[has]
        for change, who in ((UPGRADE, rises), (DOWNGRADE, falls)):
            row = np.flatnonzero(who)
            reasons: list[str | None] = [
                _why(change, month, *one)
                for one in zip(
                    has[row].tolist(), earned[row].tolist(), measured.averages[row, place].tolist(), strict=True
                )
            ]
            yield _found(measured.customer[row], earned[row], change, ends_of(np.full(len(row), month)), reasons)
        has = np.where(rises | falls, earned, has)
        below = np.where(falls, 0, below)


def _asked(tier: int) -> str:
    return f"{TIERS[tier].name}标准 {TIERS[tier].threshold:,} 元"


def _why(change: int, month: int, before: int, after: int, cents: int) -> str:
    day = a_date(int(ends_of(np.array([month]))[0]))
    if change == UPGRADE:
        return f"{day:%Y年}{day.month}月月日均资产 {cents // 100:,} 元，达到{_asked(after)}。"
    return (
        f"连续{TIERS[before].grace_months + 1}个月月日均资产低于{_asked(before)}，{day.month}月为 {cents // 100:,} 元。"
    )
