"""Whether a command may touch a lead: the reader's scopes, asked of one locked row."""

from typing import Any

from authz.permissions import Permission
from resolvers.customer.reach import work_in_reach
from resolvers.engine.mutation import CommandContext
from resolvers.lead.edges import OWNERS

LEAD = "SELECT * FROM ketu.lead WHERE id = $1 FOR UPDATE"


async def lead_in_reach(context: CommandContext, lead_id: int, permission: Permission, *path: str) -> Any:
    """The lead's row, held until the transaction ends.

    raises  Refusal  NotFound where the reader may not see it, NotPermitted where seeing is all they may do
    """
    found = await context.connection.fetchrow(LEAD, lead_id)
    return await work_in_reach(context, found, OWNERS, Permission.LEAD_READ, permission, *path)
