"""Where the fields of account service requests live. One is seen where its customer is."""

from authz.permissions import Permission
from domain.account.tables import account
from domain.customer.tables import customer
from domain.product.tables import product
from domain.service_request.tables import service_request
from domain.staff.tables import staff
from domain.ticket.tables import ticket
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, amount, connection, newest_first, reference

rows = Rows(
    service_request,
    reads=(Permission.SERVICE_REQUEST_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
)

asked_amount = amount(service_request.c.amount)
customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
account = reference(account, via="account_id")
product = reference(product, via="product_id", groups=True, orders_by=("name",))
ticket = reference(ticket, via="ticket_id")
requested_by = reference(staff, via="requested_by_id", groups=True, orders_by=("name",))

all_requests = connection(service_request, order=newest_first("requested_at"))
