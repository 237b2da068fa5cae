"""Where the fields of do-not-contacts live. One is visible where its customer is."""

from authz.permissions import Permission
from domain.customer.tables import customer
from domain.do_not_contact.tables import do_not_contact
from domain.staff.tables import staff
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, connection, newest_first, reference

rows = Rows(
    do_not_contact,
    reads=(Permission.DO_NOT_CONTACT_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
)

customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
set_by = reference(staff, via="set_by_id", groups=True, orders_by=("name",))
lifted_by = reference(staff, via="lifted_by_id", groups=True, orders_by=("name",))

all_do_not_contacts = connection(do_not_contact, order=newest_first("starts_on"))
