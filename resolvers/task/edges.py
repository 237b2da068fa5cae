"""Where the fields of tasks live.

A task is seen where its branch is in reach, where its customer is, and by who gives and does it.
"""

from authz.permissions import Permission
from domain.alert.tables import alert
from domain.branch.tables import branch
from domain.customer.tables import customer
from domain.interaction.tables import interaction
from domain.staff.tables import staff
from domain.task.tables import task
from domain.ticket.tables import ticket
from domain.visit.tables import visit
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, connection, newest_first, oldest_first, reference
from resolvers.engine.guards import any_of, positioned

OWNERS = ("assigned_to_id", "assigned_by_id")
"""Columns that name whose own one is."""

rows = Rows(
    task,
    reads=(Permission.TASK_READ,),
    visible=any_of(positioned(managers=OWNERS), of_customer()),
    about=about("customer_id"),
)

customer = reference(customer, via="customer_id", orders_by=("displayName",))
assigned_to = reference(staff, via="assigned_to_id", groups=True, orders_by=("name",))
assigned_by = reference(staff, via="assigned_by_id", groups=True, orders_by=("name",))
completed_by = reference(staff, via="completed_by_id", orders_by=("name",))
branch = reference(branch, via="branch_id", groups=True, orders_by=("name",))
parent = reference(task, via="parent_id")
subtasks = connection(task, lambda parent, task: task.c.parent_id == parent.c.id, order=oldest_first("due_at"))
ticket = reference(ticket, via="ticket_id")
interactions = connection(
    interaction, lambda task, interaction: interaction.c.task_id == task.c.id, order=newest_first("happened_at")
)

alerts = connection(alert, lambda task, alert: alert.c.task_id == task.c.id, order=newest_first("raised_at"))

visits = connection(visit, lambda task, visit: visit.c.task_id == task.c.id, order=newest_first("planned_at"))

all_tasks = connection(task, order=oldest_first("due_at"))
