"""Where the fields of access grants live. A grant is visible where its customer is."""

from authz.permissions import Permission
from domain.access_grant.tables import access_grant
from domain.customer.tables import customer
from domain.staff.tables import staff
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, connection, newest_first, reference

rows = Rows(
    access_grant,
    reads=(Permission.ACCESS_GRANT_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
)

granted_customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
grantee = reference(staff, via="staff_id", orders_by=("name",))
granted_by = reference(staff, via="granted_by_id", orders_by=("name",))

all_grants = connection(access_grant, order=newest_first("starts_on"))
