"""Where the fields of consents live. One is visible where its customer is."""

from authz.permissions import Permission
from domain.consent.tables import consent
from domain.customer.tables import customer
from domain.staff.tables import staff
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, connection, newest_first, reference

rows = Rows(
    consent,
    reads=(Permission.CONSENT_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
)

customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
recorded_by = reference(staff, via="recorded_by_id", groups=True, orders_by=("name",))

all_consents = connection(consent, order=newest_first("decided_at"))
