"""Whether a command may touch a task: the reader's scopes, asked of one locked row."""

from typing import Any

from authz.permissions import Permission
from resolvers.customer.reach import work_in_reach
from resolvers.engine.mutation import CommandContext
from resolvers.task.edges import OWNERS

TASK = "SELECT * FROM ketu.task WHERE id = $1 FOR UPDATE"


async def task_in_reach(context: CommandContext, task_id: int, permission: Permission, *path: str) -> Any:
    """The task's row, held until the transaction ends.

    raises  Refusal  NotFound where the reader may not see it, NotPermitted where seeing is all they may do
    """
    found = await context.connection.fetchrow(TASK, task_id)
    return await work_in_reach(context, found, OWNERS, Permission.TASK_READ, permission, *path)


async def task_named(context: CommandContext, node_id: str | None, *path: str) -> int | None:
    """The task that the input names, if any, where the reader sees it. Raises Refusal as `task_in_reach` does."""
    if node_id is None:
        return None
    task_id = context.row_id("Task", node_id, *path)
    await task_in_reach(context, task_id, Permission.TASK_READ, *path)
    return task_id
