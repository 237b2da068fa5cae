"""Where the fields of notes live. One is visible where its customer is."""

from authz.permissions import Permission
from domain.customer.tables import customer
from domain.note.tables import note
from domain.staff.tables import staff
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, connection, newest_first, reference

rows = Rows(
    note,
    reads=(Permission.NOTE_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
)

customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
written_by = reference(staff, via="written_by_id", groups=True, orders_by=("name",))
removed_by = reference(staff, via="removed_by_id", groups=True, orders_by=("name",))

all_notes = connection(note, order=newest_first("created_at"))
