"""What the bank measures itself by, and what it wants of its branches, outlets and managers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.branch.model import BranchLevel
from domain.indicator.model import IndicatorUnit, TargetPeriod
from domain.pipelines.generation.truth import products
from domain.pipelines.generation.truth.codes import NOTHING
from domain.pipelines.generation.truth.days import a_date, number
from domain.pipelines.generation.truth.organisation import CUSTOMERS_PER_MANAGER, Organisation
from domain.pipelines.generation.truth.plan import Plan
from domain.pipelines.generation.truth.products import Product
from domain.pipelines.generation.truth.randomness import stream
from domain.staff.model import StaffPost, StaffState


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that is measured."""

    name: str
    meaning: str
    unit: IndicatorUnit
    is_more_better: bool = True
    is_active: bool = True


GROWTH = Indicator("日均存款增量", "统计期内日均存款比期初增加额", IndicatorUnit.AMOUNT)
SALES = Indicator("理财销售额", "统计期内理财产品销售金额", IndicatorUnit.AMOUNT)
NEWCOMERS = Indicator("新增有效客户", "统计期内新开户且资产达到五千元的客户数", IndicatorUnit.COUNT)
COMPLAINTS = Indicator("客户投诉数", "统计期内成立的投诉件数", IndicatorUnit.COUNT, is_more_better=False)
ACTIVITY = Indicator("客户活跃率", "统计期内有主动交易的客户占比", IndicatorUnit.RATIO)
DAYS = Indicator("工单平均办结天数", "统计期内工单从受理到办结的平均天数", IndicatorUnit.DAYS, False, False)
INDICATORS = (GROWTH, SALES, NEWCOMERS, COMPLAINTS, ACTIVITY, DAYS)


@dataclass(frozen=True, slots=True)
class Target:
    """A goal for an office, or for one who works there (NOTHING for none). `goal` in ten thousandths; days."""

    indicator: Indicator
    staff: int
    office: int
    product: Product | None
    period: TargetPeriod
    starts_on: int
    ends_on: int
    goal: int
    set_by: int


def targets(plan: Plan, bank: Organisation) -> list[Target]:
    """Of the year for provinces, of the quarter for outlets and managers. Nothing of them is measured yet."""
    return list(_all(plan, bank))


def _all(plan: Plan, bank: Organisation) -> Iterator[Target]:
    chance = stream(plan.seed, "targets")
    today = a_date(plan.history.last)
    year = number(date(today.year, 1, 1)), number(date(today.year, 12, 31))
    first = (today.month - 1) // 3 * 3 + 1
    ends = date(today.year + (first == 10), (first + 2) % 12 + 1, 1)
    quarter = number(date(today.year, first, 1)), number(ends) - 1
    by_office: dict[int, int] = {}
    for place, member in enumerate(bank.staff):
        if member.state is StaffState.ACTIVE and member.post in (StaffPost.REGIONAL_MANAGER, StaffPost.BRANCH_MANAGER):
            by_office.setdefault(member.office, place)
    analyst = next(place for place, member in enumerate(bank.staff) if member.post is StaffPost.ANALYST)
    served = {
        outlet.office: float(share) * plan.customers for outlet, share in zip(bank.outlets, bank.shares, strict=True)
    }

    def goal(middle: float, step: float) -> int:
        drawn = middle * (0.9 + 0.3 * float(chance.random()))
        return round(max(round(drawn / step), 1) * step * 10_000)

    for office, node in enumerate(bank.offices):
        if node.level is BranchLevel.BRANCH:
            below = sum(count for one, count in served.items() if _province(bank, one) == office)
            yield Target(GROWTH, NOTHING, office, None, TargetPeriod.YEAR, *year, goal(below * 3_000, 10_000), analyst)
            yield Target(ACTIVITY, NOTHING, office, None, TargetPeriod.QUARTER, *quarter, goal(0.62, 0.01), analyst)
    for outlet in bank.outlets:
        leader, above = by_office.get(outlet.office, NOTHING), bank.offices[outlet.office].parent or 0
        set_by = by_office.get(above, analyst)
        count = served[outlet.office]
        yield Target(
            NEWCOMERS, NOTHING, outlet.office, None, TargetPeriod.QUARTER, *quarter, goal(count * 0.02, 1), set_by
        )
        yield Target(
            COMPLAINTS, NOTHING, outlet.office, None, TargetPeriod.QUARTER, *quarter, goal(count * 0.003, 1), set_by
        )
        for manager in outlet.managers:
            yield Target(
                SALES, manager, outlet.office, products.STEADY_POT, TargetPeriod.QUARTER, *quarter,
                goal(CUSTOMERS_PER_MANAGER * 1_500, 10_000), leader,
            )  # fmt: skip


def _province(bank: Organisation, office: int) -> int:
    while bank.offices[office].level is not BranchLevel.BRANCH:
        office = bank.offices[office].parent or 0
    return office
