"""Where the fields of life events live. One is visible where its customer is."""

from authz.permissions import Permission
from domain.customer.tables import customer
from domain.document.tables import document
from domain.life_event.tables import life_event
from domain.staff.tables import staff
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, connection, newest_first, reference

rows = Rows(
    life_event,
    reads=(Permission.LIFE_EVENT_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
)

customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
document = reference(document, via="document_id")
recorded_by = reference(staff, via="recorded_by_id", groups=True, orders_by=("name",))

all_life_events = connection(life_event, order=newest_first("happens_on"))
