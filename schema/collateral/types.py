"""Collateral as clients see it."""

from datetime import date

from domain.collateral.model import CollateralKind, CollateralState
from resolvers.collateral import edges
from schema.building import described
from schema.money import Money
from schema.node import Node, ToOne, field, node

described(CollateralKind)
described(CollateralState)


@node(
    edges.rows,
    prefix="col",
    description="Something that secures a loan (抵押物). Whoever sees the loan or the owner sees it, and of the two "
    "ends those that are theirs to see.",
)
class Collateral(Node):
    """A home, a car, a deposit."""

    kind: CollateralKind = field(description="What it is.")
    state: CollateralState = field(description="How it stands.")
    description: str = field(description="What it is, in words.")
    address_masked: str | None = field(edges.address_masked, description="Street part of where it is, masked.")
    district: str | None = field(description="District or county where it is.")
    region: str | None = field(description="Region or province where it is.")
    valuation: Money = field(edges.valuation, description="What it was found to be worth.")
    currency: str = field(description="Currency, ISO 4217.")
    valued_on: date = field(description="Day of the valuation.")
    valued_by: str | None = field(description="Firm that valued it; null: the bank itself.")
    pledged_on: date = field(description="Day from which it secures the loan.")
    released_on: date | None = field(description="Day on which it was given back or sold.")
    loan: ToOne = field(edges.loan, description="The loan; null where the reader sees only the owner.")
    owner: ToOne = field(edges.owner, description="Whose it is; null where they are no customer, or out of sight.")
    account: ToOne = field(edges.account, description="The account whose money it is, for deposits.")
