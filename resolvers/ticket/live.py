"""What subscriptions to tickets are about."""

from domain.branch.tables import branch
from domain.outbox.stream import of_branch
from domain.ticket.model import TicketState
from domain.ticket.tables import ticket
from resolvers.engine.edges import Clause, Live, Row, connection, oldest_first
from resolvers.engine.sql import constant

queue = Live(
    "TicketQueueUpdate",
    audience=lambda branch_id: of_branch("ticket", branch_id),
    argument="branchId",
    table=branch,
)


def _open_there(branch: Row, ticket: Row) -> Clause:
    return (ticket.c.branch_id == branch.c.id) & (ticket.c.state != constant(TicketState.CLOSED.name))


unassigned = connection(
    ticket,
    lambda branch, ticket: _open_there(branch, ticket) & ticket.c.assigned_to_id.is_(None),
    order=oldest_first("due_at"),
)
assigned = connection(
    ticket,
    lambda branch, ticket: _open_there(branch, ticket) & ticket.c.assigned_to_id.is_not(None),
    order=oldest_first("due_at"),
)
