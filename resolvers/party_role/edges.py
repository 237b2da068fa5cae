"""Where the fields of party roles live. One is visible where its customer is."""

from authz.permissions import Permission
from domain.customer.tables import customer
from domain.party_role.tables import party_role
from domain.staff.tables import staff
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, connection, newest_first, reference

rows = Rows(
    party_role,
    reads=(Permission.PARTY_ROLE_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
)

customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
managed_by = reference(staff, via="managed_by_id", groups=True, orders_by=("name",))

all_party_roles = connection(party_role, order=newest_first("starts_on"))
