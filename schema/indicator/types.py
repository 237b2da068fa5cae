"""Indicators and targets as clients see them."""

from datetime import date
from decimal import Decimal

from domain.indicator.model import IndicatorUnit, TargetPeriod
from resolvers.indicator import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(IndicatorUnit)
described(TargetPeriod)


@node(edges.rows, prefix="ind", description="Something by which performance is measured (指标).")
class Indicator(Node):
    """What counts."""

    name: str = field(edges.name, description="Name; ordered by pinyin.")
    meaning: str = field(description="What is measured, and how.")
    unit: IndicatorUnit = field(description="What it is counted in.")
    currency: str | None = field(description="Currency of an amount, ISO 4217; null for what is no money.")
    is_more_better: bool = field(description="Whether more of it is better; of complaints, less is.")
    is_active: bool = field(description="Whether it is still measured.")
    targets: ToMany = field(edges.targets, description="Targets of it, newest first.")


@node(
    edges.target_rows,
    prefix="tar",
    description="What a member of staff or a branch is to come to within a period (目标), and what they came to. Seen "
    "by whose it is, by who set it, and where its branch is in reach.",
)
class Target(Node):
    """A goal."""

    period: TargetPeriod = field(description="How long it is for.")
    starts_on: date = field(description="First day.")
    ends_on: date = field(description="Last day.")
    goal: Decimal = field(description="What is to be reached, in the indicator's unit.")
    actual: Decimal | None = field(description="What was reached so far; null while nothing was measured.")
    measured_on: date | None = field(description="The business date that this describes.")
    indicator: ToOne = field(edges.own_indicator, description="What is measured.")
    staff: ToOne = field(edges.staff_member, description="Whose it is; null where it is the whole branch's.")
    branch: ToOne = field(edges.branch, description="The branch, or where they work.")
    product: ToOne = field(edges.product, description="The product that alone counts; null where all do.")
    set_by: ToOne = field(edges.set_by, description="Who set it; null where the system did.")
