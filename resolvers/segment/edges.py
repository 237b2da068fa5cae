"""Where the fields of segments live. Definitions are everybody's; who is in one is seen where the customer is."""

from authz.permissions import Permission
from domain.customer.tables import customer
from domain.run.tables import run
from domain.segment.tables import segment, segment_membership
from domain.staff.tables import staff
from resolvers.customer.guards import about
from resolvers.engine.edges import Rows, column, connection, newest_first, oldest_first, reference
from resolvers.engine.guards import for_everyone
from resolvers.run.guards import of_published

rows = Rows(segment, reads=(Permission.SEGMENT_READ,), visible=for_everyone)
membership_rows = Rows(
    segment_membership,
    reads=(Permission.SEGMENT_MEMBERSHIP_READ, Permission.CUSTOMER_READ),
    visible=of_published,
    about=about("customer_id"),
)

name = column(segment.c.name, sort="name_sort_key")
owner = reference(staff, via="owner_id", groups=True, orders_by=("name",))
members = connection(
    segment_membership, lambda segment, member: member.c.segment_id == segment.c.id, order=newest_first("since_on")
)

own_segment = reference(segment, via="segment_id", groups=True, orders_by=("name",))
customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
run = reference(run, via="run_id", groups=True, orders_by=("describesOn",))

all_segments = connection(segment, order=oldest_first("name_sort_key"))
all_memberships = connection(segment_membership, order=newest_first("since_on"))
