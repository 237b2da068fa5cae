"""Where the fields of risk assessments live. One is visible where its customer is."""

from authz.permissions import Permission
from domain.customer.tables import customer
from domain.risk_assessment.tables import risk_assessment
from domain.staff.tables import staff
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, connection, newest_first, reference

rows = Rows(
    risk_assessment,
    reads=(Permission.RISK_ASSESSMENT_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
)

customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
assessed_by = reference(staff, via="assessed_by_id", groups=True, orders_by=("name",))

all_assessments = connection(risk_assessment, order=newest_first("assessed_on"))
