"""Party roles as clients see them."""

from datetime import date

from domain.party_role.model import PartyRoleKind
from resolvers.party_role import edges
from schema.building import described
from schema.node import Node, ToOne, field, node

described(PartyRoleKind)


@node(
    edges.rows, prefix="pty", description="What a customer is to the bank besides that (当事人角色): supplier, partner."
)
class PartyRole(Node):
    """Another way to know somebody."""

    kind: PartyRoleKind = field(description="What they are.")
    subject: str = field(description="What it is about: what they sell, do or offer.")
    contract_no: str | None = field(description="The bank's own number of the contract.")
    starts_on: date = field(description="First day.")
    ends_on: date | None = field(description="Last day; null: without an end.")
    customer: ToOne = field(edges.customer, description="Who it is.")
    managed_by: ToOne = field(edges.managed_by, description="Who of the bank deals with them.")
