"""Whether a command may touch an opportunity: the reader's scopes, asked of one locked row."""

from typing import Any

from authz.permissions import Permission
from resolvers.customer.reach import work_in_reach
from resolvers.engine.mutation import CommandContext
from resolvers.opportunity.guards import OWNERS

OPPORTUNITY = "SELECT * FROM ketu.opportunity WHERE id = $1 FOR UPDATE"


async def opportunity_in_reach(context: CommandContext, opportunity_id: int, permission: Permission, *path: str) -> Any:
    """The opportunity's row, held until the transaction ends.

    raises  Refusal  NotFound where the reader may not see it, NotPermitted where seeing is all they may do
    """
    found = await context.connection.fetchrow(OPPORTUNITY, opportunity_id)
    return await work_in_reach(context, found, OWNERS, Permission.OPPORTUNITY_READ, permission, *path)
