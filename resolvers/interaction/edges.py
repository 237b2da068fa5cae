"""Where the fields of interactions live. One is visible where its customer is."""

from authz.permissions import Permission
from domain.care_plan.tables import care
from domain.customer.tables import customer
from domain.interaction.tables import interaction
from domain.staff.tables import staff
from domain.task.tables import task
from domain.ticket.tables import ticket
from domain.visit.tables import visit
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, connection, newest_first, oldest_first, reference

rows = Rows(
    interaction,
    reads=(Permission.INTERACTION_READ, Permission.CUSTOMER_READ),
    visible=of_customer(),
    about=about("customer_id"),
)

customer = reference(customer, via="customer_id", same_customer=True, orders_by=("displayName",))
staff = reference(staff, via="staff_id", groups=True, orders_by=("name",))
task = reference(task, via="task_id")
ticket = reference(ticket, via="ticket_id")

visits = connection(
    visit, lambda interaction, visit: visit.c.interaction_id == interaction.c.id, order=newest_first("planned_at")
)
cares = connection(
    care, lambda interaction, care: care.c.interaction_id == interaction.c.id, order=oldest_first("due_on")
)

all_interactions = connection(interaction, order=newest_first("happened_at"))
