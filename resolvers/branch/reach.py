"""Whether a command may touch a branch: the reader's scopes, asked of one locked row."""

from typing import Any

from authz.permissions import Permission
from domain.command.model import not_found, not_permitted
from resolvers.engine.mutation import CommandContext
from resolvers.staff.reach import reaches


async def branch_in_reach(context: CommandContext, branch_id: int, permission: Permission, *path: str) -> Any:
    """The row of a branch, held until the transaction ends.

    raises  Refusal  NotFound for none, NotPermitted where the permission does not reach it
    """
    row = await context.connection.fetchrow("SELECT * FROM ketu.branch WHERE id = $1 FOR SHARE", branch_id)
    if row is None or context.reader.scope_of[Permission.BRANCH_READ].is_nothing:
        raise not_found(*path)
    if not reaches(context, permission, row["position"]):
        raise not_permitted(f"{permission} does not reach branch {row['branch_no']}.", *path)
    return row
