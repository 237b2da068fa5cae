"""Groups of customers and their members as clients see them."""

from datetime import date
from decimal import Decimal

from domain.customer_group.model import CustomerGroupKind, CustomerGroupRole, CustomerGroupState
from resolvers.customer_group import edges
from schema.building import described
from schema.node import Node, ToMany, ToOne, field, node

for _words in (CustomerGroupKind, CustomerGroupRole, CustomerGroupState):
    described(_words)


@node(
    edges.rows,
    prefix="grp",
    description="Customers who belong together as firms do (集团客户、关联方); seen by whoever sees one of them.",
)
class CustomerGroup(Node):
    """Firms under one control."""

    group_no: str = field(description="The bank's own number of the group.")
    kind: CustomerGroupKind = field(description="What holds it together.")
    state: CustomerGroupState = field(description="Whether it is one still.")
    name: str = field(edges.name, description="Its name; ordered by pinyin.")
    formed_on: date | None = field(description="Day since which the bank knows of it.")
    head: ToOne = field(
        edges.head, description="Who leads it; null where nobody does, or the reader does not see them."
    )
    managed_by: ToOne = field(edges.managed_by, description="Who looks after it as a whole.")
    members: ToMany = field(
        edges.members, description="Those of its members whom the reader sees, first to join first."
    )


@node(edges.member_rows, prefix="gme", description="That a customer belongs to a group (集团成员).")
class CustomerGroupMember(Node):
    """A place in a group."""

    role: CustomerGroupRole = field(description="Their place in it.")
    control_share_ratio: Decimal | None = field(
        description="How much of the member is in the hands of the group (控股比例), 0 to 1."
    )
    joined_on: date = field(description="Since when.")
    left_on: date | None = field(description="Until when; null: to this day.")
    group: ToOne = field(edges.owner, description="The group.")
    customer: ToOne = field(edges.customer, description="The member.")
