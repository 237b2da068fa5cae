"""Whether a command may touch a task: the reader's scopes, asked of one locked row."""

from typing import Any

from authz.permissions import Permission
from resolvers.customer.reach import work_in_reach
from resolvers.engine.mutation import CommandContext

TASK = "SELECT * FROM ketu.task WHERE id = $1 FOR UPDATE"
OWNERS = ("assigned_to_id", "assigned_by_id")


async def task_in_reach(context: CommandContext, task_id: int, permission: Permission, *path: str) -> Any:
    """The task's row, held until the transaction ends.

    raises  Refusal  NotFound where the reader may not see it, NotPermitted where seeing is all they may do
    """
    found = await context.connection.fetchrow(TASK, task_id)
    return await work_in_reach(context, found, OWNERS, Permission.TASK_READ, permission, *path)
