"""Households as clients see them."""

from decimal import Decimal

from domain.household.model import HouseholdRole
from domain.relation.model import RelationEvidence
from resolvers.household import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

described(HouseholdRole)
described(RelationEvidence)


@node(
    edges.rows,
    prefix="hou",
    description="A household (家庭): customers who decide money together. Visible when any member is.",
)
class Household(Node):
    """A family, as the bank knows it."""

    evidence: list[RelationEvidence] = field(description="What it was found from.")
    confidence_ratio: Decimal = field(description="How sure it is, from 0 to 1.")
    members: ToMany = field(edges.members, description="Members the reader may see, in order of entry.")


@node(edges.member_rows, prefix="mem", description="The place of one customer in one household.")
class HouseholdMember(Node):
    """A member of a household."""

    role: HouseholdRole = field(description="Place in the household.")
    household: ToOne = field(edges.owner, description="The household.")
    customer: ToOne = field(edges.customer, description="The customer.")
