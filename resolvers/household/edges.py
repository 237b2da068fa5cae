"""Where the fields of households live. A household is visible when any member is, a member when the customer is."""

from authz.permissions import Permission
from domain.customer.tables import customer
from domain.household.tables import household, household_member
from resolvers.customer.guards import about, about_members, of_customer, of_members
from resolvers.engine.edges import Rows, connection, oldest_first, reference

READS = (Permission.HOUSEHOLD_READ, Permission.CUSTOMER_READ)

rows = Rows(household, reads=READS, visible=of_members(), about=about_members)
member_rows = Rows(household_member, reads=READS, visible=of_customer(), about=about("customer_id"))

members = connection(
    household_member,
    lambda household, member: member.c.household_id == household.c.id,
    order=oldest_first("created_at"),
)
owner = reference(household, via="household_id", same_customer=True, tells_more=True)
customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))

all_households = connection(household)
all_members = connection(household_member)
