"""Where the fields of tickets and their events live. A ticket is seen as a task is; its events are seen with it."""

from authz.permissions import Permission
from domain.account.tables import account
from domain.alert.tables import alert
from domain.branch.tables import branch as branch_table
from domain.customer.tables import customer
from domain.document.tables import document
from domain.interaction.tables import interaction
from domain.product.tables import product
from domain.service_request.tables import service_request
from domain.staff.tables import staff
from domain.survey.tables import survey_response
from domain.task.tables import task
from domain.ticket.tables import ticket, ticket_event
from resolvers.customer.guards import about, of_customer
from resolvers.engine.edges import Rows, connection, newest_first, oldest_first, reference
from resolvers.engine.guards import any_of, positioned, through
from resolvers.ticket.guards import about_ticket

OWNERS = ("assigned_to_id", "opened_by_id")
"""Columns that name whose own one is."""

a_ticket = any_of(positioned(managers=OWNERS), of_customer())

rows = Rows(ticket, reads=(Permission.TICKET_READ,), visible=a_ticket, about=about("customer_id"))
event_rows = Rows(
    ticket_event,
    reads=(Permission.TICKET_READ,),
    visible=through(ticket, a_ticket, lambda event, ticket: ticket.c.id == event.c.ticket_id),
    about=about_ticket,
)

customer = reference(customer, via="customer_id", orders_by=("displayName",))
account = reference(account, via="account_id")
product = reference(product, via="product_id", groups=True, orders_by=("name",))
assigned_to = reference(staff, via="assigned_to_id", groups=True, orders_by=("name",))
opened_by = reference(staff, via="opened_by_id", groups=True, orders_by=("name",))
branch = reference(branch_table, via="branch_id", groups=True, orders_by=("name",))
linked_to = reference(ticket, via="linked_to_id")
linked_tickets = connection(
    ticket, lambda ticket, linked: linked.c.linked_to_id == ticket.c.id, order=newest_first("opened_at")
)
events = connection(
    ticket_event,
    lambda ticket, event: event.c.ticket_id == ticket.c.id,
    order=oldest_first("happened_at"),
    same_customer=True,
)
tasks = connection(task, lambda ticket, task: task.c.ticket_id == ticket.c.id, order=oldest_first("due_at"))
interactions = connection(
    interaction, lambda ticket, interaction: interaction.c.ticket_id == ticket.c.id, order=newest_first("happened_at")
)
documents = connection(
    document, lambda ticket, document: document.c.ticket_id == ticket.c.id, order=newest_first("created_at")
)

alerts = connection(alert, lambda ticket, alert: alert.c.ticket_id == ticket.c.id, order=newest_first("raised_at"))
service_requests = connection(
    service_request, lambda ticket, request: request.c.ticket_id == ticket.c.id, order=newest_first("requested_at")
)

survey_responses = connection(
    survey_response,
    lambda ticket, response: response.c.ticket_id == ticket.c.id,
    order=newest_first("responded_at"),
)

event_ticket = reference(ticket, via="ticket_id", same_customer=True)
event_staff = reference(staff, via="staff_id", orders_by=("name",))
to_staff = reference(staff, via="to_staff_id", orders_by=("name",))
to_branch = reference(branch_table, via="to_branch_id", orders_by=("name",))

all_tickets = connection(ticket, order=newest_first("opened_at"))
all_events = connection(ticket_event, order=newest_first("happened_at"))
