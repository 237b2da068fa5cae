"""Where the fields of hand-overs live. One is seen where the branch of its customers is."""

import sqlalchemy as sa

from authz.permissions import Permission
from domain.branch.tables import branch
from domain.customer.tables import customer
from domain.handover.tables import handover
from domain.staff.tables import staff
from resolvers.engine.edges import Rows, connection, newest_first, reference
from resolvers.engine.guards import positioned

rows = Rows(handover, reads=(Permission.HANDOVER_READ,), visible=positioned(managers=("staff_id",)))

former_manager = reference(staff, via="staff_id", orders_by=("name",))
branch = reference(branch, via="branch_id", groups=True, orders_by=("name",))
completed_by = reference(staff, via="completed_by_id", orders_by=("name",))
customers = connection(customer, lambda handover, customer: customer.c.id == sa.any_(handover.c.customer_ids))
backup_customers = connection(
    customer, lambda handover, customer: customer.c.id == sa.any_(handover.c.backup_customer_ids)
)

all_handovers = connection(handover, order=newest_first("created_at"))
