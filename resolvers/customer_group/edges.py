"""Where the fields of groups live. A group is visible when any member is, a member when the customer is."""

from collections.abc import Sequence

import sqlalchemy as sa

from authz.permissions import Permission
from domain.customer.tables import customer
from domain.customer_group.tables import customer_group, customer_group_member
from domain.staff.tables import staff
from resolvers.customer.guards import a_customer, about, of_customer
from resolvers.engine.edges import (
    Expression,
    One,
    Row,
    Rows,
    column,
    connection,
    newest_first,
    oldest_first,
    reference,
)
from resolvers.engine.guards import through

READS: Sequence[Permission] = (Permission.CUSTOMER_GROUP_READ, Permission.CUSTOMER_READ)


def _about_members(row: Row) -> Expression:
    """The members of the group."""
    named = customer_group_member.alias(f"member_told_of_{row.source.description}")
    listed = sa.select(sa.func.json_agg(named.c.customer_id)).where(named.c.customer_group_id == row.c.id)
    return listed.correlate(row.source).scalar_subquery()


rows = Rows(
    customer_group,
    reads=(*READS,),
    visible=through(
        customer, a_customer, lambda group, member: member.c.customer_group_id == group.c.id, link=customer_group_member
    ),
    about=_about_members,
)
member_rows = Rows(customer_group_member, reads=(*READS,), visible=of_customer(), about=about("customer_id"))

name = column(customer_group.c.name, sort="name_sort_key")
managed_by = reference(staff, via="managed_by_id", groups=True, orders_by=("name",))
members = connection(
    customer_group_member,
    lambda group, member: member.c.customer_group_id == group.c.id,
    order=oldest_first("joined_on"),
)
head = One(
    customer,
    lambda group, customer: (
        customer.c.id
        == sa.select(customer_group_member.c.customer_id)
        .where(
            customer_group_member.c.customer_group_id == group.c.id,
            customer_group_member.c.role == sa.literal_column("'HEAD'"),
            customer_group_member.c.left_on.is_(None),
        )
        .correlate(group.source)
        .scalar_subquery()
    ),
)

owner = reference(customer_group, via="customer_group_id", same_customer=True, tells_more=True)
customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))

all_groups = connection(customer_group, order=oldest_first("name_sort_key"))
all_members = connection(customer_group_member, order=newest_first("joined_on"))
