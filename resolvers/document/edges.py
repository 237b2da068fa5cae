"""Where the fields of documents live. One is visible where its customer is; its content is in no field."""

from authz.permissions import Permission
from domain.customer.tables import customer, identity_document
from domain.document.tables import document
from domain.life_event.tables import life_event
from domain.loan.tables import loan
from domain.staff.tables import staff
from domain.ticket.tables import ticket
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, connection, newest_first, reference

rows = Rows(
    document,
    reads=(Permission.DOCUMENT_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
)

customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
identity_document = reference(identity_document, via="identity_document_id")
loan = reference(loan, via="loan_id")
ticket = reference(ticket, via="ticket_id")
added_by = reference(staff, via="added_by_id", groups=True, orders_by=("name",))
life_events = connection(
    life_event, lambda document, event: event.c.document_id == document.c.id, order=newest_first("happens_on")
)

all_documents = connection(document, order=newest_first("created_at"))
