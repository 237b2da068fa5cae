"""Where the fields of portfolio terms live. One is visible where its customer is."""

from authz.permissions import Permission
from domain.customer.tables import customer
from domain.portfolio.tables import portfolio_term
from domain.staff.tables import staff
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, connection, newest_first, reference

rows = Rows(
    portfolio_term,
    reads=(Permission.PORTFOLIO_TERM_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
)

customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
staff = reference(staff, via="staff_id", groups=True, orders_by=("name",))

all_terms = connection(portfolio_term, order=newest_first("starts_on"))
