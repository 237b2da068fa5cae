"""Where the fields of visits live. A visit is seen as a task is."""

from authz.permissions import Permission
from domain.branch.tables import branch
from domain.customer.tables import contact_point, customer
from domain.interaction.tables import interaction
from domain.staff.tables import staff
from domain.task.tables import task
from domain.visit.tables import visit
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, column, connection, newest_first, reference
from resolvers.engine.guards import any_of, positioned

OWNERS = ("staff_id", "planned_by_id")
"""Columns that name whose own one is."""

rows = Rows(
    visit,
    reads=(Permission.VISIT_READ,),
    visible=any_of(positioned(managers=OWNERS), of_customer()),
    about=about("customer_id"),
)

latitude = column(visit.c.latitude, requires=Permission.VISIT_WHEREABOUTS_READ)
longitude = column(visit.c.longitude, requires=Permission.VISIT_WHEREABOUTS_READ)
customer = reference(customer, via="customer_id", orders_by=("displayName",))
staff_member = reference(staff, via="staff_id", groups=True, orders_by=("name",))
planned_by = reference(staff, via="planned_by_id", orders_by=("name",))
branch = reference(branch, via="branch_id", groups=True, orders_by=("name",))
contact_point = reference(contact_point, via="contact_point_id")
task = reference(task, via="task_id")
interaction = reference(interaction, via="interaction_id")

all_visits = connection(visit, order=newest_first("planned_at"))
