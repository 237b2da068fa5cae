"""Tiers as clients see them."""

from datetime import date
from decimal import Decimal

from domain.tier.model import TierChange, TierMeasure
from resolvers.tier import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(TierChange)
described(TierMeasure)


@node(edges.rows, prefix="tie", description="A level of service (客户等级).")
class Tier(Node):
    """What good customers get."""

    name: str = field(edges.name, description="Name; ordered by pinyin.")
    rank: int = field(description="Place among the tiers, 1 the lowest.")
    benefits: str = field(description="What its customers get.")
    is_active: bool = field(description="Whether customers still come to it.")
    rules: ToMany = field(edges.rules, description="What it asks for, newest first.")
    customer_tiers: ToMany = field(edges.customer_tiers, description="Who has it or had it, newest first.")


@node(
    edges.rule_rows, prefix="tru", description="What a tier asks for within a time (等级规则); any one rule is enough."
)
class TierRule(Node):
    """A threshold."""

    measure: TierMeasure = field(description="What is measured.")
    threshold: Decimal = field(description="The least that is enough.")
    currency: str | None = field(description="Currency of an amount, ISO 4217; null for what is counted.")
    grace_months: int = field(description="How long customers keep the tier who fall below, in months.")
    starts_on: date = field(description="First day on which it holds.")
    ends_on: date | None = field(description="Last day on which it holds; null where that is open.")
    tier: ToOne = field(edges.own_tier, description="The tier that it leads to.")


@node(
    edges.customer_tier_rows,
    prefix="cti",
    description="That a customer has a tier (客户等级评定), or had it, and how they came to it.",
)
class CustomerTier(Node):
    """A tier for some time."""

    change: TierChange = field(description="How they came to it.")
    starts_on: date = field(description="Since when.")
    ends_on: date | None = field(description="Until when; null while they have it.")
    reason: str | None = field(description="Why, in words.")
    tier: ToOne = field(edges.own_tier, description="The tier.")
    customer: ToOne = field(edges.customer, description="The customer.")
    run: ToOne = field(edges.run, description="The run that found it; null where a source says so.")
