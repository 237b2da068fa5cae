"""Whether a command may touch a ticket: the reader's scopes, asked of one locked row."""

from typing import Any

from authz.permissions import Permission
from resolvers.customer.reach import work_in_reach
from resolvers.engine.mutation import CommandContext

TICKET = "SELECT * FROM ketu.ticket WHERE id = $1 FOR UPDATE"
OWNERS = ("assigned_to_id", "opened_by_id")


async def ticket_in_reach(context: CommandContext, ticket_id: int, permission: Permission, *path: str) -> Any:
    """The ticket's row, held until the transaction ends.

    raises  Refusal  NotFound where the reader may not see it, NotPermitted where seeing is all they may do
    """
    found = await context.connection.fetchrow(TICKET, ticket_id)
    return await work_in_reach(context, found, OWNERS, Permission.TICKET_READ, permission, *path)
