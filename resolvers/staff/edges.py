"""Where the fields of staff live."""

from authz.permissions import Permission
from domain.access_alert.tables import access_alert
from domain.access_grant.tables import access_grant
from domain.audit.tables import event
from domain.branch.tables import branch
from domain.customer.tables import customer
from domain.handover.tables import handover
from domain.staff.tables import staff
from domain.user_application.tables import user_application
from resolvers.engine.edges import Rows, column, connection, newest_first, oldest_first, reference
from resolvers.engine.guards import positioned

rows = Rows(staff, reads=(Permission.STAFF_READ,), visible=positioned(managers=("id",)))

name = column(staff.c.name, sort="name_sort_key")
branch = reference(branch, via="branch_id", groups=True, orders_by=("name",))
portfolio = connection(customer, lambda staff, customer: customer.c.manager_id == staff.c.id)
backup_portfolio = connection(customer, lambda staff, customer: customer.c.backup_manager_id == staff.c.id)
access_log = connection(event, lambda staff, event: event.c.staff_id == staff.c.id, order=newest_first("recorded_at"))
access_grants = connection(
    access_grant, lambda staff, grant: grant.c.staff_id == staff.c.id, order=newest_first("starts_on")
)
user_applications = connection(
    user_application,
    lambda staff, application: application.c.staff_id == staff.c.id,
    order=newest_first("created_at"),
)
handovers = connection(
    handover, lambda staff, handover: handover.c.staff_id == staff.c.id, order=newest_first("created_at")
)
access_alerts = connection(
    access_alert, lambda staff, alert: alert.c.staff_id == staff.c.id, order=newest_first("created_at")
)

all_staff = connection(staff, order=oldest_first("name_sort_key"))
