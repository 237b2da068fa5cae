"""Whether a command may touch a ticket: the reader's scopes, asked of one locked row."""

from typing import Any

from authz.permissions import Permission
from resolvers.customer.reach import work_in_reach
from resolvers.engine.mutation import CommandContext
from resolvers.ticket.edges import OWNERS

TICKET = "SELECT * FROM ketu.ticket WHERE id = $1 FOR UPDATE"


async def ticket_in_reach(context: CommandContext, ticket_id: int, permission: Permission, *path: str) -> Any:
    """The ticket's row, held until the transaction ends.

    raises  Refusal  NotFound where the reader may not see it, NotPermitted where seeing is all they may do
    """
    found = await context.connection.fetchrow(TICKET, ticket_id)
    return await work_in_reach(context, found, OWNERS, Permission.TICKET_READ, permission, *path)


async def ticket_named(context: CommandContext, node_id: str | None, *path: str) -> int | None:
    """The ticket that the input names, if any, where the reader sees it. Raises Refusal as `ticket_in_reach` does."""
    if node_id is None:
        return None
    ticket_id = context.row_id("Ticket", node_id, *path)
    await ticket_in_reach(context, ticket_id, Permission.TICKET_READ, *path)
    return ticket_id
